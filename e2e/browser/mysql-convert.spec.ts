import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A table of MyISAM's becomes one of InnoDB's, by clicking; what cannot is offered with the reason.
test.describe.configure({ mode: 'serial' })

const name = 'larch'
let pollux: Pollux
let page: Page

const ask = async (sql: string) => (await hostExec(name, ['mariadb', '-N', '-B', '-e', sql])).stdout.trim()
const engine = () =>
  ask("SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'old' AND TABLE_NAME = 'visits'")

const putBack = async () => {
  if ((await engine()) === 'InnoDB') await ask('ALTER TABLE old.visits ENGINE=MyISAM')
  expect((await hostExec(name, ['rm', '-rf', '/var/lib/pollux'])).code).toBe(0)
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

test('tables are offered with their sizes, and with the reason where InnoDB cannot take one', async () => {
  await page.goto(`${pollux.url}/wizards/mysql`)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('button', { name: 'Read its servers' }).click()
  await page.getByRole('link', { name: 'Convert MyISAM tables' }).click()
  await expect(page.getByRole('heading', { name: 'Which tables on larch become InnoDB?' })).toBeVisible()
  const row = page.getByRole('row', { name: /old\.visits/ })
  await expect(row).toContainText('20,000')
  await expect(row).toContainText('can take it')
  const other = page.getByRole('row', { name: /old\.receipt_lines/ })
  await expect(other).toContainText('counts anew within each group')
  await expect(other.getByRole('checkbox')).toHaveCount(0)
  const crashed = page.getByRole('row', { name: /old\.crashed/ })
  await expect(crashed).toContainText('is marked as crashed')
  await expect(crashed).toContainText('REPAIR TABLE `old`.`crashed`')
  await expect(crashed.getByRole('checkbox')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
  await lookAt(page, 'tables')
})

test('the chosen one is converted with proof', async () => {
  const rows = await ask('SELECT COUNT(*) FROM old.visits')
  await page.getByRole('checkbox', { name: 'Convert old.visits' }).check()
  await expect(page.getByText('1 table on larch')).toBeVisible()
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('region', { name: 'Proof' })).toContainText('old.visits is of InnoDB')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 480_000 })
  expect([await engine(), await ask('SELECT COUNT(*) FROM old.visits')]).toEqual(['InnoDB', rows])
})
