import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin, signInInvited } from './sign-up'

// The record of deeds: found, filtered, taken away, and how long it is kept.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await (await browser.newContext()).newPage()
  await makeFirstAdmin(page, pollux)
  await (await signInInvited(browser, page, pollux, 'viewer')).context().close()
})
test.afterAll(() => pollux?.remove())

test('is filtered by what stands in the address, and taken away as CSV just so', async () => {
  await page.goto(`${pollux.url}/activity`)
  await page.getByLabel('What').selectOption('sign in')
  await expect(page).toHaveURL(/verb=sign/)
  await page.getByLabel('From').fill(new Date().toISOString().slice(0, 10))
  await expect(page).toHaveURL(/from=/)
  await expect(page.getByText('2 rows fit.')).toBeVisible()
  await lookAt(page, 'activity')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'As CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^pollux-activity-\d{4}-\d\d-\d\d\.csv$/)
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines[0]).toBe('Row,At,Outcome,Who,What,Object,Id,Label,Detail,MAC')
  expect(lines.slice(1).map((line) => line.split(',')[4])).toEqual(['sign in', 'sign in'])
})

test('is kept for as long as an admin says, and that is recorded', async () => {
  await page.goto(`${pollux.url}/settings/record`)
  await expect(page.getByText('Every row of the record is kept.')).toBeVisible()
  await page.getByLabel('Days').fill('7')
  await page.getByRole('button', { name: 'Keep rows for so long' }).click()
  await expect(page.getByText('Keep at least 30 days.')).toBeVisible()
  await page.getByLabel('Days').fill('400')
  await page.getByRole('button', { name: 'Keep rows for so long' }).click()
  await expect(page.getByText('Rows of the record are kept for 400 days.')).toBeVisible()
  await lookAt(page, 'record')
  await page.goto(`${pollux.url}/activity?verb=set+audit+retention`)
  await expect(page.getByText('days before for good, now 400')).toBeVisible()
})
