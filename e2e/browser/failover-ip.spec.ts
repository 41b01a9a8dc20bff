import { expect, type Page, test } from '@playwright/test'
import { holdersOf, openFailoverWizard, putBackFailover, takeInBoth } from './failover-hosts'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A failover IP is put on one host, moved to another, and taken back.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const address = '203.0.113.60/32'

test.beforeAll(async ({ browser }) => {
  await putBackFailover(address)
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInBoth(page, pollux.url)
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBackFailover(address)
})

test('the wizard shows what holds the network, and says at once what is wrong with an address', async () => {
  await openFailoverWizard(page, pollux.url, 'fir', 'rowan')
  await expect(page.getByRole('table', { name: 'Devices of fir' }).getByRole('row', { name: /eth0/ })).toContainText(
    'ifupdown',
  )
  const field = page.getByLabel('Address', { exact: true })
  await field.fill('203.0.113.256')
  await expect(page.getByText('This is no IPv4 or IPv6 address.')).toBeVisible()
  await field.fill('203.0.113.0/24')
  await expect(page.getByText('is the address of the net itself')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
  await field.fill(address)
  await expect(page.getByText('/etc/network/interfaces.d/pollux-failover-203-0-113-60')).toBeVisible()
})

test('it is put on fir, guarded and proved', async () => {
  await page.getByLabel('On', { exact: true }).selectOption({ label: 'eth0 of fir' })
  await page.getByRole('button', { name: 'Show the plan' }).click()
  const steps = page.getByRole('region', { name: 'Steps' })
  await expect(steps.getByRole('row', { name: `Put ${address} on eth0` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('iface eth0:0 inet static')
  expect(await holdersOf(address)).toEqual([])
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await holdersOf(address)).toEqual(['fir'])
})

test('it moves to rowan', async () => {
  await openFailoverWizard(page, pollux.url, 'fir', 'rowan')
  await page.getByRole('radio', { name: /Move an address/ }).check()
  await page.getByLabel('Address', { exact: true }).selectOption({ label: `${address} on eth0 of fir` })
  await expect(page.getByText(`${address} moves from fir to rowan.`)).toBeVisible()
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('Take off fir')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await holdersOf(address)).toEqual(['rowan'])
})

test('the revert brings it back to fir', async () => {
  await page.getByRole('button', { name: /Plan the revert of #/ }).click()
  await page.waitForURL(`${pollux.url}/changes/3`)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  expect(await holdersOf(address)).toEqual(['fir'])
})
