import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { lookAt } from './look-at'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A plan as a script, a lock of another dashboard, and the end of all that lies on a host.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const path = '/etc/managed.conf'

test.beforeAll(async ({ browser }) => {
  const dataDir = makeDataDir()
  const seed = ['scripts/start.mjs', '--run', 'e2e/browser/seed-changes.ts']
  const env = { ...process.env, POLLUX_DATA: dataDir }
  const { status, stdout, stderr } = spawnSync(process.execPath, seed, { encoding: 'utf8', env })
  expect(status, stdout + stderr).toBe(0)
  pollux = await startPollux(dataDir)
  page = await (await browser.newContext()).newPage()
  await makeFirstAdmin(page, pollux)
})
test.afterAll(async () => {
  await pollux?.remove()
  for (const host of ['birch', 'oldnas'])
    await hostExec(host, ['sh', '-c', `rm -rf /var/lib/pollux ${path} /root/by-hand.sh`])
})

test('a plan is had as a script that does it on the host', async () => {
  await page.goto(`${pollux.url}/changes/2`)
  await page.getByRole('link', { name: 'Give me the script' }).click()
  await expect(page.getByRole('heading', { name: 'One script, without Pollux' })).toBeVisible()
  await lookAt(page, 'one-script')
  const begun = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the script for birch' }).click()
  const download = await begun
  expect(download.suggestedFilename()).toBe('pollux-2-birch.sh')
  const script = readFileSync(await download.path(), 'utf8')
  // The lock of the other dashboard holds it off, as it holds Pollux off.
  await hostExec('birch', ['tee', '/root/by-hand.sh'], { input: script })
  const held = await hostExec('birch', ['sh', '/root/by-hand.sh'])
  expect([held.code, held.stderr]).toEqual([1, expect.stringContaining('otherone-9')])
  const answer = await page.request.get(`${pollux.url}/api/changes/2/script?host=nobody`)
  expect(answer.status()).toBe(404)
})

test('its headers keep it out of every cache, and the audit knows who took it', async () => {
  const href = await page.getByRole('link', { name: 'Download the script for birch' }).getAttribute('href')
  const answer = await page.request.get(pollux.url + href)
  expect(answer.headers()).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment; filename="pollux-2-birch.sh"',
  })
  await page.goto(`${pollux.url}/activity`)
  await expect(page.getByRole('row').filter({ hasText: 'download script' }).first()).toBeVisible()
})

test('of several hosts each has its own, in their order', async () => {
  await page.goto(`${pollux.url}/changes/3/script`)
  await expect(page.getByText('You are the barrier between the hosts')).toBeVisible()
  await expect(page.getByRole('link', { name: /^Download the script for/ })).toHaveCount(2)
  await lookAt(page, 'two-scripts')
})

test('a lock that a change met is shown, and broken by an admin', async () => {
  await page.goto(`${pollux.url}/changes/4`)
  await expect(page.getByRole('status').filter({ hasText: 'Nothing was touched' })).toContainText(
    'change #9 of another Pollux (otherone)',
  )
  await page.getByRole('button', { name: 'Look at the lock of birch now' }).click()
  await expect(page.getByText('Nobody works under it any more, and nothing')).toBeVisible()
  await lookAt(page, 'locked-change')
  await page.getByRole('button', { name: 'Break the lock', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('change #9 of another Pollux')
  await lookAt(page, 'break-the-lock')
  await page.getByRole('button', { name: 'Break the lock of birch' }).click()
  await expect(page.getByText('birch is not locked')).toBeVisible()
  expect((await hostExec('birch', ['test', '-e', '/var/lib/pollux/lock'])).code).toBe(1)
})

test('what lies on a host is shown, and removed without trace', async () => {
  // Cut off long ago, before it said whose it is.
  await hostExec('birch', [
    'sh',
    '-c',
    'mkdir -p /var/lib/pollux/lock; : > /var/lib/pollux/lock/owner; touch -t 202601020304 /var/lib/pollux/lock',
  ])
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: /^birch / }).click()
  await page.getByRole('link', { name: 'Access' }).click()
  await page.getByRole('button', { name: 'Look what lies on birch' }).click()
  await expect(page.getByRole('row', { name: /#1 Write/ })).toContainText('applied')
  await expect(page.getByText('empty or cut off')).toBeVisible()
  await lookAt(page, 'on-the-host')
  await page.getByRole('button', { name: 'Remove Pollux’s files' }).click()
  await expect(page.getByRole('dialog')).toContainText('no longer be undone')
  await lookAt(page, 'remove-files')
  await page.getByRole('button', { name: 'Remove them from birch' }).click()
  await expect(page.getByText('Nothing of Pollux lies on birch')).toBeVisible()
  expect((await hostExec('birch', ['test', '-e', '/var/lib/pollux'])).code).toBe(1)
  await page.goto(`${pollux.url}/changes/1`)
  await expect(page.getByText('Nothing of it lies on the host any more')).toBeVisible()
})
