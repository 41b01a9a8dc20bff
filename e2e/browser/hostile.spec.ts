import { existsSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { addHost, compareAndPin, labKey, takeIn, testConnection } from './add-host'
import { openWizard } from './disks'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// Hosts that attack, hosts of twenty years ago, and hosts behind others.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
/** Everything that should never happen: a dialog, a blocked script, a request to elsewhere. */
const broken: string[] = []

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await browser.newPage()
  page.on('dialog', (dialog) => {
    broken.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(`${pollux.url}/`) && !request.url().startsWith('data:')) broken.push(request.url())
  })
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text())
  })
  page.on('pageerror', (error) => broken.push(error.message))
  await makeFirstAdmin(page, pollux)
})
test.afterAll(() => pollux?.remove())

const script = '<script>alert(document.domain)</script>'

test('what a hostile host says is shown, and does nothing', async () => {
  await takeIn(page, pollux.url, { name: 'hostile', address: '10.77.0.17', credential: labKey() })
  const host = page.url()
  await expect(page.getByText(script).first()).toBeVisible()
  // What would turn the line around is named instead of obeyed.
  await expect(page.getByTitle(/right-to-left override/).first()).toBeVisible()

  for (const tab of ['Storage', 'Services', 'Network']) {
    await page.getByRole('navigation', { name: 'Host' }).getByRole('link', { name: tab }).click()
    await expect(page.getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('table').first()).toBeVisible()
    if (tab !== 'Services') continue
    await expect(page.getByText(script).first()).toBeVisible()
    await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible()
  }
  for (const path of ['/', '/hosts', '/activity', '/changes']) {
    await page.goto(`${pollux.url}${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await openWizard(page, pollux.url, 'hostile')
  await expect(page.getByRole('heading', { name: /Which scheduler for the disks of hostile/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Disks of hostile' })).toBeVisible()
  await page.goto(host)

  expect(broken).toEqual([])
  expect(existsSync('/tmp/pwned')).toBe(false)
  expect((await hostExec('hostile', ['ls', '/tmp/pwned'])).code).toBe(2)
})

test('the legacy profile is suggested, taken by a click, and works', async () => {
  await page.goto(`${pollux.url}/hosts/new`)
  await addHost(page, { name: 'legacy', address: '10.77.0.15', credential: labKey('rsa') })
  const told = page.getByRole('status').filter({ hasText: 'legacy speaks only old SSH' })
  await expect(told).toContainText('SHA-1')
  await page.getByRole('button', { name: 'Use the legacy profile for legacy' }).click()
  await compareAndPin(page, 'legacy')
  await testConnection(page, 'legacy')
  await expect(page.getByRole('row', { name: /^Key exchange / })).toContainText('legacy profile')
})

test('a host behind a jump host is reached through it', async () => {
  const there = { way: 'One that is there', name: /Lab key, ed25519/ } as const
  await takeIn(page, pollux.url, { name: 'jump', address: '10.77.0.16', credential: there })
  await takeIn(page, pollux.url, { name: 'inner', address: '10.77.1.10', jump: 'jump', credential: there })
  await expect(page.getByText('10.77.1.10, through jump')).toBeVisible()
  expect(broken).toEqual([])
})
