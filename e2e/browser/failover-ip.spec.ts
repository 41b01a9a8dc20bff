import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { getLabHost, hostExec } from '@/e2e/lab/lab'
import { takeIn } from './add-host'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A failover IP is put on one host, moved to another, and taken back.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const address = '203.0.113.60/32'

test.beforeAll(async ({ browser }) => {
  await putBack()
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  const privateKey = readFileSync(getLabHost('fir').keys.ed25519, 'utf8')
  await takeIn(page, pollux.url, {
    name: 'fir',
    address: '10.77.0.21',
    credential: { way: 'Paste a private key', name: 'Lab key', privateKey },
  })
  await takeIn(page, pollux.url, {
    name: 'rowan',
    address: '10.77.0.22',
    credential: { way: 'One that is there', name: /Lab key/ },
  })
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack()
})

test('the wizard shows what holds the network, and says at once what is wrong with an address', async () => {
  await openWizard('fir', 'rowan')
  await expect(page.getByRole('table', { name: 'Devices of fir' }).getByRole('row', { name: /eth0/ })).toContainText(
    'ifupdown',
  )
  const field = page.getByLabel('Address', { exact: true })
  await field.fill('203.0.113.256')
  await expect(page.getByText('This is no IPv4 or IPv6 address.')).toBeVisible()
  await field.fill('203.0.113.0/24')
  await expect(page.getByText('is the address of the net itself')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
  await field.fill(address)
  await expect(page.getByText('/etc/network/interfaces.d/pollux-failover-203-0-113-60')).toBeVisible()
})

test('it is put on fir, guarded and proved', async () => {
  await page.getByLabel('On', { exact: true }).selectOption({ label: 'eth0 of fir' })
  await page.getByRole('button', { name: 'Show the plan' }).click()
  const steps = page.getByRole('region', { name: 'Steps' })
  await expect(steps.getByRole('row', { name: `Put ${address} on eth0` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('iface eth0:0 inet static')
  expect(await holders()).toEqual([])
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 120_000 })
  expect(await holders()).toEqual(['fir'])
})

test('it moves to rowan', async () => {
  await openWizard('fir', 'rowan')
  await page.getByRole('radio', { name: /Move an address/ }).check()
  await page.getByLabel('Address', { exact: true }).selectOption({ label: `${address} on eth0 of fir` })
  await expect(page.getByText(`${address} moves from fir to rowan.`)).toBeVisible()
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('Take off fir')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 120_000 })
  expect(await holders()).toEqual(['rowan'])
})

test('the revert brings it back to fir', async () => {
  await page.getByRole('button', { name: /Plan the revert of #/ }).click()
  await page.waitForURL(`${pollux.url}/changes/3`)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 120_000 })
  expect(await holders()).toEqual(['fir'])
})

async function openWizard(...hosts: string[]): Promise<void> {
  await page.goto(`${pollux.url}/wizards/failover-ip`)
  for (const host of hosts) await page.getByRole('checkbox', { name: host }).check()
  await page.getByRole('button', { name: 'Read their addresses' }).click()
}

/** Which of the two hosts have the address, by their own kernels. */
async function holders(): Promise<string[]> {
  const found: string[] = []
  for (const host of ['fir', 'rowan']) {
    const { stdout } = await hostExec(host, ['ip', '-o', 'addr', 'show', 'dev', 'eth0'])
    if (stdout.includes(` ${address} `)) found.push(host)
  }
  return found
}

/** Both hosts as before Pollux. */
async function putBack(): Promise<void> {
  for (const host of ['fir', 'rowan']) {
    const script = `rm -rf /var/lib/pollux /etc/network/interfaces.d/pollux-*
sed -i '/^# >>> Pollux/,/^# <<< Pollux/d' /etc/network/interfaces
ip addr del ${address} dev eth0 2>/dev/null; exit 0`
    expect((await hostExec(host, ['sh', '-c', script])).code).toBe(0)
  }
}
