import { expect, type Page, test } from '@playwright/test'
import { cutLink, hostExec, restoreLink } from '@/e2e/lab/lab'
import { holdersOf, putBackFailover, takeInBoth } from './failover-hosts'
import { graveFindings, schemes } from './grave-findings'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// Two hosts are declared as a pair of a failover IP, and the wizard offers its move, there and back.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const address = '203.0.113.61'

test.beforeAll(async ({ browser }) => {
  await putBackFailover(`${address}/32`)
  pollux = await startPollux()
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  await makeFirstAdmin(page, pollux)
  await takeInBoth(page, pollux.url)
})
test.afterAll(async () => {
  await restoreLink('rowan')
  await pollux?.remove()
  await putBackFailover(`${address}/32`)
})

test('a pair is declared, and what is wrong with it is said at its field', async () => {
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: 'Failover pairs' }).click()
  await expect(page.getByRole('heading', { name: 'No pair is declared' })).toBeVisible()
  await looksFine()
  await page.getByRole('link', { name: 'Declare a pair' }).click()
  await page.getByLabel('Failover IP').fill('203.0.113.0/24')
  await page.getByLabel('Failover IP').press('Tab')
  await page.getByLabel('Active host').selectOption('fir')
  await expect(page.getByText('is the address of the net itself')).toBeVisible()
  await page.getByLabel('Standby host').selectOption('fir')
  await page.getByLabel('Failover IP').fill('10.77.0.22')
  await page.getByRole('button', { name: 'Declare the pair' }).click()
  await expect(page.getByText('a host is no standby for itself')).toBeVisible()
  await page.getByLabel('Standby host').selectOption('rowan')
  await page.getByRole('button', { name: 'Declare the pair' }).click()
  await expect(page.getByText('Pollux reaches rowan at 10.77.0.22.')).toBeVisible()
  await looksFine()
  await page.getByLabel('Failover IP').fill(address)
  await expect(page.getByLabel('Active device')).toHaveValue('eth0')
  await page.getByRole('button', { name: 'Declare the pair' }).click()
  await expect(page).toHaveURL(`${pollux.url}/hosts/pairs`)
  await expect(row()).toContainText('on neither')
})

test('on neither host, it is offered for the active one', async () => {
  await page.getByRole('link', { name: `Put ${address} on fir` }).click()
  await expect(page.getByText(`Filled in below: ${address} goes on fir`)).toBeVisible()
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue(`${address}/32`)
  await approve()
  expect(await holdersOf(`${address}/32`)).toEqual(['fir'])
  await seenAs('on fir')
  await expect(page.getByRole('heading', { name: 'The failover IP is where it belongs' })).toBeVisible()
})

test('its row offers the move to the standby, filled in', async () => {
  await page.getByRole('link', { name: `Move ${address} to rowan` }).click()
  await expect(page.getByText(`Filled in below: ${address} moves from fir to rowan`)).toBeVisible()
  await expect(page.getByRole('radio', { name: /Move an address/ })).toBeChecked()
  await expect(page.getByText(`${address}/32 moves from fir to rowan.`)).toBeVisible()
  await looksFine()
  await approve()
  expect(await holdersOf(`${address}/32`)).toEqual(['rowan'])
  await seenAs('on its standby rowan')
  await looksFine()
})

test('home, both hosts and the wizard say that it runs on its standby, and offer the way back', async () => {
  await page.goto(pollux.url)
  await expect(page.getByRole('link', { name: `${address} runs on its standby rowan`, exact: true })).toBeVisible()
  for (const host of ['fir', 'rowan']) {
    await page.goto(`${pollux.url}/hosts`)
    await page.getByRole('link', { name: new RegExp(`^${host} `) }).click()
    await expect(row()).toContainText('on its standby rowan')
    await page.getByRole('link', { name: 'Network', exact: true }).click()
    await expect(page.getByRole('link', { name: 'Declare a pair' })).toBeVisible()
    await expect(row()).toContainText('on its standby rowan')
  }
  await looksFine()
  // With one of them chosen the other comes along.
  await page.goto(`${pollux.url}/wizards/failover-ip`)
  await expect(page.getByText(`${address} runs on its standby rowan`)).toBeVisible()
  await looksFine()
  await page.getByRole('checkbox', { name: 'rowan' }).check()
  await page.getByRole('button', { name: 'Read their addresses' }).click()
  await page
    .getByRole('region', { name: 'Failover pairs' })
    .getByRole('link', { name: /^Move .* back to fir$/ })
    .click()
  await expect(page.getByText(`${address}/32 moves from rowan to fir.`)).toBeVisible()
  await approve()
  expect(await holdersOf(`${address}/32`)).toEqual(['fir'])
  await seenAs('on fir')
})

test('the revert of that move needs no other hand: what is shown is what is', async () => {
  await page.goto(`${pollux.url}/changes/3`)
  await page.getByRole('button', { name: /Plan the revert of #/ }).click()
  await page.waitForURL(`${pollux.url}/changes/4`)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await holdersOf(`${address}/32`)).toEqual(['rowan'])
  await seenAs('on its standby rowan')
})

test('out of reach, the holder still answers for it: the other does not take it; silent, it does', async () => {
  await cutLink('rowan')
  await readAgain('rowan')
  await seenAs('last on rowan, out of reach since')
  const offer = page.getByRole('link', { name: `Put ${address} on fir` })
  await offer.click()
  await expect(page.getByText(`Filled in below: ${address} goes on fir`)).toBeVisible()
  // The wire between the two still carries ARP.
  await approve('Undone, all is as before')
  expect(await holdersOf(`${address}/32`)).toEqual(['rowan'])
  await hostExec('rowan', ['ip', 'addr', 'del', `${address}/32`, 'dev', 'eth0'])
  await seenAs('last on rowan, out of reach since')
  await offer.click()
  await approve()
  expect(await holdersOf(`${address}/32`)).toEqual(['fir'])
})

test('back with the address of its file, it is on both, and is taken off the standby', async () => {
  await hostExec('rowan', ['ip', 'addr', 'add', `${address}/32`, 'dev', 'eth0'])
  await restoreLink('rowan')
  await readAgain('rowan')
  await seenAs('on both')
  await page.getByRole('link', { name: `Take ${address} off rowan` }).click()
  await expect(page.getByText(`Filled in below: ${address} goes off rowan`)).toBeVisible()
  await approve()
  expect(await holdersOf(`${address}/32`)).toEqual(['fir'])
  await seenAs('on fir')
})

test('a pair is swapped and removed, and the address stays where it is', async () => {
  await page.getByRole('link', { name: `${address}/32` }).click()
  await page.getByRole('button', { name: 'Swap active and standby' }).click()
  await expect(page.getByText('Declared active on rowan, standby on fir.')).toBeVisible()
  await looksFine()
  await page.getByRole('button', { name: 'Remove the pair' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the pair' }).click()
  await expect(page.getByRole('heading', { name: 'No pair is declared' })).toBeVisible()
  expect(await holdersOf(`${address}/32`)).toEqual(['fir'])
})

function row() {
  return page.getByRole('table', { name: 'Failover pairs' }).getByRole('row', { name: new RegExp(address) })
}

/** Plans what is filled in, approves it and waits for its end. */
async function approve(end = 'Done and proved'): Promise<void> {
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText(end)
}

async function readAgain(host: string): Promise<void> {
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: new RegExp(`^${host} `) }).click()
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Read again' }).click()
  await sent
}

/** The hosts are read right after a change has ended; the page of pairs then says what was read. */
async function seenAs(words: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${pollux.url}/hosts/pairs`)
    await expect(row().getByText(words, { exact: true })).toBeVisible({ timeout: 1000 })
  }).toPass()
}

/** axe finds nothing grave on what is shown, light and dark. */
async function looksFine(): Promise<void> {
  for (const scheme of schemes) expect(await graveFindings(page, scheme), scheme).toEqual([])
}
