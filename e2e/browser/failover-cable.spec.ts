import { expect, type Page, test } from '@playwright/test'
import { cutLink, hostExec, restoreLink } from '@/e2e/lab/lab'
import { holdersOf, keepersOf, openFailoverWizard, planOnFir, putBackFailover, takeInBoth } from './failover-hosts'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { makeFirstAdmin, signInInvited } from './sign-up'

// The cable is pulled while a failover IP is put on, moved and taken back: the screen says what is true of the hosts.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
/** Somebody else, who only looks. */
let viewer: Page
const address = '203.0.113.62/32'

test.beforeAll(async ({ browser }) => {
  await putBackFailover(address)
  pollux = await startPollux(makeDataDir(), { POLLUX_GUARD_TIMES: '20,5,1' })
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInBoth(page, pollux.url)
  viewer = await signInInvited(browser, page, pollux, 'viewer')
})
test.afterAll(async () => {
  for (const host of ['fir', 'rowan']) await restoreLink(host)
  await pollux?.remove()
  await putBackFailover(address)
})

test('put on, and cut until the host has taken it back by itself', async () => {
  await planOnFir(page, pollux.url, address)
  await approve()
  await page.getByRole('button', { name: 'Give 2 more minutes' }).click()
  await expect(page.getByRole('log')).toContainText('asked for 120 s more')
  await expect.poll(() => holdersOf(address), { intervals: [100], timeout: 60_000 }).toEqual(['fir'])
  await cutLink('fir')
  await endDeadline('fir')
  await expect.poll(() => holdersOf(address)).toEqual([])
  await saysOutOfReach()
  await restoreLink('fir')
  expect(await trueEnd('fir', null)).toBe('undone')
})

test('moved, and the receiver is cut in the middle: on one host at the end, and never on both', async () => {
  await planOnFir(page, pollux.url, address)
  await approve()
  expect(await trueEnd('fir', null)).toBe('done')
  await planMove()
  await approve()
  const seen = watchHolders()
  await expect.poll(() => holdersOf(address), { intervals: [100], timeout: 60_000 }).toEqual([])
  await cutLink('rowan')
  await saysOutOfReach()
  await viewer.goto(page.url())
  await sameStory()
  await restoreLink('rowan')
  await trueEnd('rowan', 'fir')
  await sameStory()
  await page.reload()
  await sameStory()
  expect(await seen.mostAtOnce()).toBe(1)
})

test('moved back by the revert, and cut in the middle', async () => {
  if ((await holdersOf(address))[0] === 'fir') {
    await planMove()
    await approve()
    expect(await trueEnd('rowan', 'fir')).toBe('done')
  }
  await page.getByRole('button', { name: /Plan the revert of #/ }).click()
  await approve()
  const seen = watchHolders()
  await expect.poll(() => holdersOf(address), { intervals: [100], timeout: 60_000 }).toEqual([])
  await cutLink('fir')
  await saysOutOfReach()
  await restoreLink('fir')
  await trueEnd('fir', 'rowan')
  expect(await seen.mostAtOnce()).toBe(1)
  await viewer.goto(page.url())
  await sameStory()
})

test('reads the same when one of its hosts is in the inventory no more', async () => {
  const url = page.url()
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: /^rowan / }).click()
  await page.getByRole('link', { name: 'Access', exact: true }).click()
  await page.getByRole('button', { name: 'Remove rowan' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('rowan')
  await dialog.getByRole('button', { name: 'Remove rowan' }).click()
  await expect(page).toHaveURL(`${pollux.url}/hosts`)
  await page.goto(url)
  // The viewer's page stands as it was.
  await sameStory()
})

async function planMove(): Promise<void> {
  await openFailoverWizard(page, pollux.url, 'fir', 'rowan')
  await page.getByRole('radio', { name: /Move an address/ }).check()
  await page.getByLabel('Address', { exact: true }).selectOption({ label: `${address} on eth0 of fir` })
  await page.getByRole('button', { name: 'Show the plan' }).click()
}

async function approve(): Promise<void> {
  await page.getByRole('button', { name: 'Approve and apply' }).click()
}

/** The page says that the host goes on alone, and does not claim to know how it ends. */
async function saysOutOfReach(): Promise<void> {
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('out of reach')
  await expect(page.getByRole('status').filter({ hasText: /Done and proved|Undone, all is as before/ })).toHaveCount(0)
}

/** Who came later, and who reloads, reads what the first one saw come. */
async function sameStory(): Promise<void> {
  const parts = ['Progress', 'Steps', 'Proof'].map((name) => (on: Page) => on.getByRole('region', { name }).first())
  const story = (on: Page) =>
    Promise.all([on.getByRole('log').textContent(), ...parts.map((part) => part(on).textContent())])
  await expect(async () => {
    expect(await story(viewer)).toEqual(await story(page))
  }).toPass()
}

/** How the page says that it ended; kernels and files of both hosts say the same. */
async function trueEnd(ifDone: string, ifUndone: string | null): Promise<'done' | 'undone'> {
  const said = page.getByRole('status').filter({ hasText: /Done and proved|Undone, all is as before/ })
  await expect(said).toBeVisible({ timeout: 480_000 })
  const isDone = (await said.textContent())?.includes('Done and proved') ?? false
  const where = isDone ? [ifDone] : ifUndone === null ? [] : [ifUndone]
  expect([await holdersOf(address), await keepersOf(address)]).toEqual([where, where])
  return isDone ? 'done' : 'undone'
}

/** Out of band: the host's own deadline is over in some seconds. */
async function endDeadline(host: string): Promise<void> {
  const script = 'for common in /var/lib/pollux/changes/*/common; do ( . "$common"; has armed && set_deadline 6 ); done'
  await hostExec(host, ['sh', '-c', script])
}

/** Looks all the time at how many hosts have the address. */
function watchHolders() {
  let most = 0
  let isOver = false
  const looking = (async () => {
    while (!isOver) most = Math.max(most, (await holdersOf(address)).length)
  })()
  return {
    async mostAtOnce(): Promise<number> {
      isOver = true
      await looking
      return most
    },
  }
}
