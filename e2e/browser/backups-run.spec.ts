import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A director's catalog, connected through SSH by clicking: its pools and volumes are seen, a job is started from the page, its
// figures change while it runs, and it is cancelled from there.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
let catalog = ''

async function tell(...commands: string[]): Promise<string> {
  const input = [...commands, 'quit', ''].join('\n')
  return (await hostExec('willow', ['timeout', '60', 'bconsole', '-n'], { input })).stdout
}

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInLabHost(page, pollux.url, 'willow')
})
test.afterAll(async () => {
  await pollux?.remove()
  await hostExec('willow', ['touch', '/run/lab-slow-end'])
})

test('the catalog is connected with what the director’s own configuration says', async () => {
  await page.goto(`${pollux.url}/backups/connect`)
  await page.getByLabel('Host of the director').selectOption({ label: 'willow' })
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('radio', { name: /^The account of the director/ }).check()
  await page.getByLabel('Configuration of bconsole').fill('/etc/bacula/bconsole.conf')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cellar')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await page.getByRole('button', { name: 'Connect catalog' }).click()
  await page.getByRole('link', { name: 'Open Cellar' }).click()
  await page.waitForURL(/\/backups\/[0-9a-f-]+$/)
  catalog = page.url()
  await expect(page.getByRole('heading', { name: 'How backups ended' })).toBeVisible()
})

test('its pools and volumes are those of the console', async () => {
  const said = (await tell('gui on', 'llist pools')).match(/^ *Name: .*$/gm) ?? []
  const names = said.map((line) => line.replace(/^ *Name: /, '').trim())
  expect(names.length).toBeGreaterThan(5)
  await page.getByRole('link', { name: 'Pools', exact: true }).click()
  const pools = page.getByRole('table', { name: 'Pools' })
  for (const name of names) await expect(pools.getByRole('link', { name, exact: true })).toBeVisible()
  await pools.getByRole('link', { name: 'A-Full', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Volumes by status' })).toBeVisible()
  const media = (await tell('gui on', 'llist media')).match(/^ *VolumeName: .*$/gm) ?? []
  await page.getByRole('link', { name: 'Volumes', exact: true }).click()
  await expect(page.getByText(new RegExp(`^${media.length} volumes`))).toBeVisible()
})

test('a volume and a client are found from anywhere', async () => {
  await page.goto(`${pollux.url}/`)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/a volume, a job/).fill('a-full-0003')
  await page.getByRole('option', { name: /A-Full-0003/ }).click()
  await expect(page).toHaveURL(/\/volumes\/\d+$/)
  await expect(page.getByRole('heading', { name: 'A-Full-0003' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/a volume, a job/).fill('willow-fd')
  await page.getByRole('option', { name: /willow-fd/ }).click()
  await expect(page).toHaveURL(/\/clients\/\d+$/)
})

test('a job is started from the page, and its figures change', async () => {
  await page.goto(`${catalog}/running`)
  await page.getByRole('link', { name: 'Run a job' }).click()
  await page.getByLabel('Job', { exact: true }).selectOption('BackupSlow')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await page.waitForURL(/\/changes\/\d+$/)
  await expect(page.getByText(/run job=.?BackupSlow/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  await page.goto(`${catalog}/running`)
  const row = page.getByRole('table', { name: 'Running jobs' }).getByRole('row', { name: /BackupSlow/ })
  await expect(row).toBeVisible()
  const files = async () => Number((await row.getByRole('cell').nth(2).textContent())?.replace(/\D/g, '') ?? 0)
  await expect.poll(files).toBeGreaterThan(0)
  const before = await files()
  await expect.poll(files).toBeGreaterThan(before)
})

test('it is cancelled from the page, and stands in the list of jobs as such', async () => {
  await page.getByRole('button', { name: /^Cancel BackupSlow/ }).click()
  await page.waitForURL(/\/changes\/\d+$/)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  await tell('wait')
  await page.goto(`${catalog}/jobs?q=BackupSlow`)
  const newest = page
    .getByRole('table', { name: 'Jobs' })
    .getByRole('row', { name: /BackupSlow/ })
    .first()
  await expect(newest).toContainText(/cancel/i)
})
