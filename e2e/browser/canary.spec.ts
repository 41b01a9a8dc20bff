import { expect, type Page, test } from '@playwright/test'
import { labKey, takeIn } from './add-host'
import { chooseSchedulers, openWizard, putBack, schedulersOn } from './disks'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

let pollux: Pollux
let page: Page

test.beforeAll(async ({ browser }) => {
  for (const host of ['umber', 'sienna']) await putBack(host)
  pollux = await startPollux(makeDataDir())
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
})
test.afterAll(async () => {
  await pollux?.remove()
  for (const host of ['umber', 'sienna']) await putBack(host)
})

test('one host goes first, and the other is touched only when that ended well', async () => {
  await takeIn(page, pollux.url, { name: 'umber', address: '10.77.0.51', credential: labKey() })
  const again = { way: 'One that is there', name: /Lab key, ed25519/ } as const
  await takeIn(page, pollux.url, { name: 'sienna', address: '10.77.0.52', credential: again })
  await openWizard(page, pollux.url, 'umber', 'sienna')
  for (const host of ['umber', 'sienna']) await chooseSchedulers(page, host, { ubdb: 'kyber' })
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await page.getByRole('link', { name: 'Later, or one host first' }).click()
  await page.getByText(/try it on one host first/).click()
  await page.getByLabel('Try it first on').selectOption({ label: 'umber, then the rest' })
  await page.getByRole('button', { name: 'Approve, begin at once' }).click()
  await expect(page.getByRole('log')).toContainText('umber went first and proved it: now sienna')
  await expect(page.getByRole('status').filter({ hasText: 'Done and proved' })).toBeVisible()
  expect([(await schedulersOn('umber'))['ubdb'], (await schedulersOn('sienna'))['ubdb']]).toEqual(['kyber', 'kyber'])
})
