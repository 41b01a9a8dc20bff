import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { labKey, takeIn } from './add-host'
import { fileOn, planSchedulers, putBack, ruleFile, schedulersOn, setScheduler } from './disks'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// Between a plan and its approval somebody else works on the host.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const stranger = '# written by hand\n'

test.beforeAll(async ({ browser }) => {
  await putBack('umber')
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeIn(page, pollux.url, { name: 'umber', address: '10.77.0.51', credential: labKey() })
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack('umber')
})

test('a scheduler set by hand makes the plan stale; the new plan holds', async () => {
  await planSchedulers(page, pollux.url, 'umber', { sda: 'bfq', sdb: 'none' })
  await setScheduler('umber', 'sda', 'kyber')
  await page.getByRole('button', { name: 'Approve and apply' }).click()

  const stale = page.getByRole('status').filter({ hasText: 'The plan is stale' })
  await expect(stale).toContainText('Nothing was touched')
  await expect(stale.getByRole('listitem')).toContainText('umber')
  await expect(stale.getByRole('listitem')).toContainText(/mq-deadline.*is now.*kyber/)
  expect(await schedulersOn('umber')).toMatchObject({ sda: 'kyber', sdb: 'mq-deadline' })
  expect(await fileOn('umber', ruleFile)).toBe('')

  const differs = page.getByRole('region', { name: 'What differs' })
  await expect(differs).toContainText('sda from kyber to bfq')
  await expect(differs).not.toContainText('sdb')
  await page.getByRole('button', { name: 'Approve the new plan and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await schedulersOn('umber')).toMatchObject({ sda: 'bfq', sdb: 'none' })
})

test('a line written into the rule by hand is shown, and survives', async () => {
  await planSchedulers(page, pollux.url, 'umber', { sda: 'bfq', sdb: 'none', sdc: 'kyber' })
  const edited = await hostExec('umber', ['tee', '-a', ruleFile], { input: stranger })
  expect(edited.code).toBe(0)
  const before = await fileOn('umber', ruleFile)
  await page.getByRole('button', { name: 'Approve and apply' }).click()

  const stale = page.getByRole('status').filter({ hasText: 'The plan is stale' })
  await expect(stale.getByRole('listitem').filter({ hasText: ruleFile })).toBeVisible()
  expect(await fileOn('umber', ruleFile)).toBe(before)
  expect(await schedulersOn('umber')).toMatchObject({ sdc: 'mq-deadline' })

  await page.getByRole('button', { name: 'Approve the new plan and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await schedulersOn('umber')).toMatchObject({ sdc: 'kyber' })
  expect(await fileOn('umber', ruleFile)).toContain(stranger)
})
