import { expect, type Page, test } from '@playwright/test'
import { holdersOf, openFailoverWizard, planOnFir, putBackFailover, takeInBoth } from './failover-hosts'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { makeFirstAdmin, signInInvited } from './sign-up'

// Ways to approve beside "at once, all together": for a time, for a window, by two people.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const address = '203.0.113.63/32'
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const done = { timeout: 120_000 }

test.beforeAll(async ({ browser }) => {
  await putBackFailover(address)
  pollux = await startPollux(makeDataDir(), { POLLUX_GUARD_TIMES: '20,5,1' })
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInBoth(page, pollux.url)
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBackFailover(address)
})

test('approved for a later time it waits, and is called off', async () => {
  await planOnFir(page, pollux.url, address)
  await page.getByRole('link', { name: 'Approve for later' }).click()
  await page.getByText(/^Approve for a later time/).click()
  const later = page.getByRole('form', { name: 'Approve for a time' })
  await later.getByRole('radio', { name: /^At a time/ }).check()
  await later.getByRole('button', { name: 'Approve for this time' }).click()
  await expect(later.getByText('Choose a day and a time.')).toBeVisible()
  await later.getByLabel('Day and time').fill(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T02:30`)
  await later.getByRole('button', { name: 'Approve for this time' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'It begins by itself' })).toContainText('The approval holds')
  await page.getByRole('button', { name: 'Call it off' }).click()
  await expect(page.getByRole('button', { name: 'Call it off' })).toHaveCount(0)
  expect(await holdersOf(address)).toEqual([])
})

test('approved for the maintenance window it begins by itself there', async () => {
  await openEdit()
  await page.getByText('None yet: add one').click()
  const windows = page.getByRole('form', { name: 'Maintenance windows' })
  for (const day of days) await windows.getByRole('checkbox', { name: day }).check()
  await windows.getByLabel('From').fill('00:00')
  await windows.getByLabel('For', { exact: true }).fill('1440')
  await windows.getByRole('button', { name: 'Add this window' }).click()
  await expect(page.getByText('1 window: look and change')).toBeVisible()
  await planOnFir(page, pollux.url, address)
  await page.getByRole('link', { name: 'Approve for later' }).click()
  await page.getByText(/^Approve for a later time/).click()
  await page.getByRole('radio', { name: /^In the maintenance window/ }).check()
  await page.getByRole('button', { name: 'Approve for the window' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Done and proved' })).toBeVisible(done)
  expect(await holdersOf(address)).toEqual(['fir'])
})

test('where a tag takes two people, who asked cannot approve, and another can', async ({ browser }) => {
  await openEdit()
  await page.getByLabel('Tags').fill('production')
  await page.getByRole('button', { name: 'Save name, tags and notes' }).click()
  await expect(page.getByText('production').first()).toBeVisible()
  await page.goto(`${pollux.url}/settings/tags`)
  await page.getByRole('button', { name: 'Two people for production' }).click()
  await expect(page.getByRole('row', { name: /production/ })).toContainText('takes two people')

  await openFailoverWizard(page, pollux.url, 'fir')
  await page.getByRole('radio', { name: /^Take an address off/ }).check()
  await page.getByLabel('Address', { exact: true }).selectOption({ label: `${address} on eth0 of fir` })
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByText('This takes two people')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve and apply' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(page.getByRole('button', { name: 'Ask for approval' })).toHaveCount(0)
  const asked = page.url()

  const other = await signInInvited(browser, page, pollux, 'operator')
  await other.goto(asked)
  await other.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(other.getByRole('status').filter({ hasText: 'Done and proved' })).toBeVisible(done)
  expect(await holdersOf(address)).toEqual([])
  await other.context().close()
})

async function openEdit(): Promise<void> {
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: /^fir / }).click()
  await page.getByRole('link', { name: 'Access', exact: true }).click()
  await page.getByRole('link', { name: 'Edit fir' }).click()
}
