import { expect, type Page, test } from '@playwright/test'
import { takeInLabHost } from './add-host'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// What a mesh takes is read and said before anything is touched, here on hosts that share a kernel without ESP.
test.describe.configure({ mode: 'serial' })

const names = ['alder', 'hazel'] as const
let pollux: Pollux
let page: Page

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await (await browser.newContext()).newPage()
  await makeFirstAdmin(page, pollux)
  for (const [at, name] of names.entries()) await takeInLabHost(page, pollux.url, name, at > 0 ? 'again' : undefined)
})
test.afterAll(() => pollux?.remove())

test('without a mesh the page says what one is and leads to the wizard', async () => {
  await page.goto(pollux.url)
  await page.getByRole('link', { name: 'Meshes' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meshes')
  await lookAt(page, 'no-mesh')
  await page.getByRole('link', { name: 'Build a mesh' }).click()
  await page.waitForURL(/\/wizards\/ipsec/)
})

test('hosts that cannot be members are told with the reason, and no plan is offered', async () => {
  for (const name of names) await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: 'Read their network' }).click()
  const row = page.getByRole('row', { name: /alder/ }).first()
  await expect(row).toContainText('cannot be a member')
  await lookAt(page, 'mesh-unable')
  await expect(page.getByRole('button', { name: /Show the plan|Prepare/ })).toBeDisabled()
})

test('what was typed wrong is said at its field', async () => {
  await page.getByLabel('Short name').fill('Not a name')
  await expect(page.getByText(/one to six small letters and digits/)).toBeVisible()
  await page.getByLabel('Inner address of alder').fill('10.96.0.256')
  await expect(page.getByText(/Expected an IPv4 address without a prefix/)).toBeVisible()
  await lookAt(page, 'mesh-typed')
})
