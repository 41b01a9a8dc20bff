import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'
import { makeItTheDayAfter } from './test-day-after'

// A server is found, tuned within a budget, looked at a day later, held against another, and a value that it does not take is
// taken back.
test.describe.configure({ mode: 'serial' })

const name = 'larch'
const other = 'spruce'
const file = '/etc/mysql/mariadb.conf.d/zz-pollux.cnf'
let pollux: Pollux
let page: Page

const value = async (variable: string) =>
  (await hostExec(name, ['mariadb', '-N', '-B', '-e', `SELECT @@GLOBAL.${variable}`])).stdout.trim()

const putBack = async () => {
  const script = `rm -rf /var/lib/pollux; [ ! -e ${file} ] || { rm ${file}; systemctl restart mariadb.service; }`
  for (const host of [name, other]) expect((await hostExec(host, ['sh', '-c', script])).code).toBe(0)
}

const openWizard = async (host = name) => {
  await page.goto(`${pollux.url}/wizards/mysql`)
  await page.getByRole('radio', { name: host }).check()
  await page.getByRole('button', { name: 'Read its servers' }).click()
  await expect(page.getByRole('region', { name: 'What was read' })).toBeVisible()
}

test.beforeAll(async ({ browser }) => {
  await putBack()
  pollux = await startPollux()
  page = await (await browser.newContext()).newPage()
  await makeFirstAdmin(page, pollux)
  await takeInLabHost(page, pollux.url, name)
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack()
})

test('the wizard shows the server and the machine, and the bar follows the budget', async () => {
  await openWizard()
  const read = page.getByRole('region', { name: 'What was read' })
  await expect(read).toContainText('10.11')
  await page.getByRole('radio', { name: 'Bacula’s catalog' }).check()
  const budget = page.getByLabel('Memory that the server may use')
  await budget.fill('12')
  await expect(page.getByText('Expected a whole number of megabytes, at least 16.')).toBeVisible()
  await budget.fill('256')
  await expect(page.getByRole('heading', { name: /^At most \d+ MB of 256 MB$/ })).toBeVisible()
  const row = page.getByRole('row', { name: /^innodb_buffer_pool_size/ })
  await expect(row).toContainText('134217728')
  const pool = page.getByLabel('New value of innodb_buffer_pool_size')
  await pool.fill('200M')
  await expect(page.getByText('These values go beyond the budget')).toBeVisible()
  await pool.fill('lots')
  await expect(row).toContainText('Expected a number for innodb_buffer_pool_size')
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
  await row.getByRole('button', { name: /^Back to/ }).click()
  await expect(page.getByText('These values go beyond the budget')).toBeHidden()
})

test('the plan shows the file and the proofs, and it is applied with a restart', async () => {
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('region', { name: 'Files' })).toContainText(file)
  await expect(page.getByRole('region', { name: 'Proof' })).toContainText('The server has innodb_buffer_pool_size')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 480_000 })
  expect(Number(await value('innodb_buffer_pool_size'))).toBeLessThan(134_217_728)
  expect((await hostExec(name, ['cat', file])).stdout).toContain('innodb_buffer_pool_size')
})

test('a day later the page says what it brought, and home says it too', async () => {
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('rowheader', { name }).getByRole('link').click()
  await page.waitForURL(/\/hosts\/[^/]+$/)
  await makeItTheDayAfter(pollux.dataDir)
  await page.goto(`${page.url()}/mysql`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /held: peak \d+ MB of 256 MB; fewer reads from disk/,
  )
  const moved = page.getByRole('row', { name: /disk/ }).first()
  await expect(moved).toContainText('2,400 an hour before')
  await expect(moved).toContainText('1,200 an hour since')
  await page.goto(pollux.url)
  await expect(page.getByText(/fewer reads from disk/)).toBeVisible()
})

test('two servers stand side by side, each as it was read last', async () => {
  await takeInLabHost(page, pollux.url, other, 'again')
  await openWizard(other)
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 480_000 })
  await expect(page.getByText('expected and seen: max_connections = ')).toBeVisible()
  for (const host of [other, name]) {
    await page.goto(`${pollux.url}/hosts`)
    await page.getByRole('rowheader', { name: host }).getByRole('link').click()
    const sent = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Read again' }).click()
    await sent
  }
  await page.goto(`${page.url()}/mysql`)
  await page.getByRole('region', { name: 'Side by side' }).getByRole('link', { name: other }).click()
  const machine = page.getByRole('table', { name: 'Server and machine, side by side' })
  const version = machine.getByRole('row', { name: /^Version/ })
  await expect(version).toContainText(/10\.11\..*11\.8\..*differs/)
  await expect(machine.getByRole('row', { name: /^Processors/ })).not.toContainText('differs')
  const values = page.getByRole('table', { name: 'Values, side by side' })
  await expect(values.getByRole('row', { name: /^innodb_buffer_pool_size/ })).toContainText(/\d+M/)
  await expect(page.getByRole('table', { name: /^Counted/ }).getByRole('row')).not.toHaveCount(1)
  await lookAt(page, 'side-by-side')
})

test('a value that the server does not start with is taken back, and its own words are shown', async () => {
  const before = (await hostExec(name, ['cat', file])).stdout
  await openWizard()
  await page.getByText(/values stay as they are/).click()
  const log = page.getByLabel('New value of innodb_log_file_size')
  await log.fill('300G')
  await page.getByLabel('Memory that the server may use').fill('200')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('heading', { name: /Check what will happen/ })).toBeVisible()
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText(/taken back|as before/i, { timeout: 480_000 })
  await expect(page.getByRole('log')).toContainText(/space|error/i)
  expect((await hostExec(name, ['cat', file])).stdout).toBe(before)
  expect((await hostExec(name, ['systemctl', 'is-active', 'mariadb.service'])).stdout.trim()).toBe('active')
})
