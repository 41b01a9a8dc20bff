import { expect, type Page, test } from '@playwright/test'
import { cutLink, restoreLink } from '@/e2e/lab/lab'
import { labKey, takeIn } from './add-host'
import { fileOn, isHeld, planSchedulers, putBack, ruleFile, schedulersOn } from './disks'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// Whatever is pulled in the middle of a change: the host ends in old or new, and the page says which.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const disks = ['sda', 'sdb', 'sdc', 'ubdb', 'ubdc']

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeIn(page, pollux.url, { name: 'umber', address: '10.77.0.51', credential: labKey() })
})
test.beforeEach(() => putBack('umber'))
test.afterAll(async () => {
  await restoreLink('umber')
  await pollux?.remove()
  await putBack('umber')
})

/** Approves a change of all disks and waits until the host itself, asked out of band, has written the first of it. */
async function beginChange(scheduler: string): Promise<void> {
  await planSchedulers(page, pollux.url, 'umber', Object.fromEntries(disks.map((disk) => [disk, scheduler])))
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect.poll(() => fileOn('umber', ruleFile), { intervals: [50], timeout: 90_000 }).toContain(scheduler)
}

/** What the host says of itself: every disk and the file as wished, or every disk and the file as before. */
async function endOnHost(scheduler: string): Promise<'new' | 'old' | 'between'> {
  const [now, rule] = await Promise.all([schedulersOn('umber'), fileOn('umber', ruleFile)])
  const found = disks.map((disk) => now[disk])
  if (found.every((name) => name === scheduler) && rule.includes(scheduler)) return 'new'
  if (found.every((name) => name === 'mq-deadline') && rule === '') return 'old'
  return 'between'
}

/** Waits until the host's supervisor is through. */
async function hostSettled(): Promise<void> {
  await expect.poll(() => isHeld('umber')).toBe(false)
}

async function pageAgreesWithHost(scheduler: string): Promise<void> {
  const said = page.getByRole('status').filter({ hasText: /Done and proved|Undone, all is as before/ })
  await expect(said).toBeVisible()
  const expected = (await said.textContent())?.includes('Done and proved') ? 'new' : 'old'
  expect(await endOnHost(scheduler)).toBe(expected)
}

test('Pollux is killed in the middle', async () => {
  await beginChange('bfq')
  await pollux.stop('SIGKILL')
  await hostSettled()
  expect(await endOnHost('bfq')).not.toBe('between')
  await pollux.start()
  await page.goto(`${pollux.url}/changes`)
  await page.getByRole('table', { name: 'Changes' }).getByRole('link').first().click()
  await pageAgreesWithHost('bfq')
})

test('the link is cut in the middle', async () => {
  await beginChange('kyber')
  await cutLink('umber')
  await hostSettled()
  expect(await endOnHost('kyber')).not.toBe('between')
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('out of reach')
  await expect(page.getByRole('status').filter({ hasText: /Done|Undone/ })).toHaveCount(0)
  await restoreLink('umber')
  await pageAgreesWithHost('kyber')
})
