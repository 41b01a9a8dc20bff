import { expect, type Page, test } from '@playwright/test'
import { FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
import { MESH_MEMBERS } from '@/e2e/lab/hosts'
import { hostExec, hostsForTests, reboot } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A mesh of two is built, a third member joins and leaves; what breaks on the way is seen; nothing stays behind.
test.describe.configure({ mode: 'serial' })

const names = MESH_MEMBERS
const running = hostsForTests().map(({ name }) => name)
test.skip(
  names.some((name) => !running.includes(name)),
  `a mesh takes guests with kernels of their own: ${names.join(', ')}`,
)

let pollux: Pollux
let page: Page

const shell = async (name: string, script: string) => {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', `PATH=$PATH:/usr/sbin:/sbin; ${script}`])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}

/** What Pollux has of the mesh on a host: files, policies, tunnels, rules. */
const tracesOn = (name: string) =>
  shell(
    name,
    `find /etc -name '*pollux-lab*' 2>/dev/null; ip xfrm policy | grep 'proto [4i]'; ip -o tunnel show | grep '^lab-'
{ iptables -S; nft list ruleset; } 2>/dev/null | grep -i 'pollux[-_]lab'; :`,
  )

const cell = (from: string, to: string) =>
  page.getByRole('table', { name: 'Pairs of Lab' }).getByRole('link', { name: new RegExp(`^${from} to ${to}:`) })

async function settings(members: readonly string[], mesh?: string): Promise<void> {
  await page.goto(`${pollux.url}/wizards/ipsec${mesh ? `?mesh=${mesh}&step=hosts` : ''}`)
  for (const name of names) await page.getByRole('checkbox', { name }).setChecked(members.includes(name))
  await page.getByRole('button', { name: 'Read their network' }).click()
}

async function apply(): Promise<void> {
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 900_000 })
}

async function isGreen(...labels: string[]): Promise<void> {
  await page.goto(`${pollux.url}/meshes/lab`)
  for (const from of labels)
    for (const to of labels.filter((label) => label !== from))
      await expect(cell(from, to)).toHaveAccessibleName(/: all proofs hold/)
}

test.beforeAll(async ({ browser }) => {
  for (const name of names) await shell(name, FORGET_MESH_AND_KEY)
  pollux = await startPollux()
  page = await (await browser.newContext()).newPage()
  await makeFirstAdmin(page, pollux)
  for (const [at, name] of names.entries()) await takeInLabHost(page, pollux.url, name, at > 0 ? 'again' : undefined)
})
test.afterAll(async () => {
  await pollux?.remove()
})

test('two hosts are prepared, each with a key of its own', async () => {
  await page.goto(`${pollux.url}/meshes`)
  await lookAt(page, 'no-mesh')
  await settings(['quince', 'medlar'])
  await page.getByLabel('Name', { exact: true }).fill('Lab')
  await expect(page.getByLabel('Short name')).toHaveValue('lab')
  await page.getByRole('button', { name: 'Prepare 2 hosts first' }).click()
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('key')
  await apply()
  expect(await shell('quince', 'stat -c %a /etc/swanctl/private/pollux.pem')).toBe('600\n')
  await page.getByRole('link', { name: /mesh/i }).last().click()
})

test('they become a mesh, and its pair is green', async () => {
  await settings(['quince', 'medlar'])
  await page.getByLabel('Name', { exact: true }).fill('Lab')
  await lookAt(page, 'mesh-wizard')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('mode = transport')
  await apply()
  await isGreen('quince', 'medlar')
})

test('a third joins, and the files of the pair that stands stay as they are', async () => {
  const before = await shell(
    'quince',
    'cat /etc/swanctl/conf.d/pollux-lab-medlar*; swanctl --list-sas --ike lab-medlar | head -n 1',
  )
  await settings(names, 'lab')
  await page.getByRole('button', { name: 'Prepare 1 host first' }).click()
  await apply()
  await settings(names, 'lab')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('region', { name: 'Files' })).not.toContainText(
    '/etc/swanctl/conf.d/pollux-lab-quince.conf on medlar',
  )
  await apply()
  await isGreen(...names)
  expect(
    await shell(
      'quince',
      'cat /etc/swanctl/conf.d/pollux-lab-medlar*; swanctl --list-sas --ike lab-medlar | head -n 1',
    ),
  ).toBe(before)
  await expect(page.getByText(/\d+ differences?/)).toHaveCount(0)
  await lookAt(page, 'mesh')
})

test('ESP that is switched off on the way turns its cells red within a look, and green when it is back', async () => {
  await isGreen(...names)
  const rule = '-s 10.77.0.81 -p esp -j DROP'
  await shell('medlar', `iptables -I INPUT 1 ${rule}`)
  try {
    await expect(cell('quince', 'medlar')).toHaveAccessibleName(/: broken/)
    await expect(cell('quince', 'damson')).toHaveAccessibleName(/: all proofs hold/)
    await lookAt(page, 'mesh-broken')
    await cell('quince', 'medlar').click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('quince')
    await expect(page.getByText('Both ends are being asked')).toBeHidden()
    await lookAt(page, 'pair-broken')
  } finally {
    await shell('medlar', `iptables -D INPUT ${rule}`)
  }
  await isGreen(...names)
})

test('keys are forced anew by a button', async () => {
  const spi = () => shell('quince', "swanctl --list-sas --ike lab-medlar | grep -o 'in  [0-9a-f]*'")
  const before = await spi()
  await page.goto(`${pollux.url}/meshes/lab/quince/medlar`)
  await page.getByRole('button', { name: 'Force new keys' }).click()
  await apply()
  expect(await spi()).not.toBe(before)
})

test('after a reboot of a member the mesh is back by itself', async () => {
  await reboot('damson')
  await isGreen(...names)
})

test('a member leaves, and nothing of the mesh stays on it or about it', async () => {
  await settings(['quince', 'medlar'], 'lab')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await apply()
  expect(await tracesOn('damson')).toBe('')
  expect(await tracesOn('quince')).not.toContain('damson')
  await isGreen('quince', 'medlar')
})

test('the mesh is taken away without a trace', async () => {
  await page.goto(`${pollux.url}/wizards/ipsec?mesh=lab`)
  await page.getByRole('link', { name: 'taken away whole' }).click()
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await apply()
  for (const name of names) expect(await tracesOn(name)).toBe('')
})
