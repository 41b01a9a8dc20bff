import { expect, type Page, test } from '@playwright/test'
import { hostExec, labHosts } from '@/e2e/lab/lab'
import { takeInLabHost } from './add-host'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A server that lets root in only with a password: refused, given an account by clicking, and read by it.
test.describe.configure({ mode: 'serial' })

const name = 'larch'
const host = labHosts().find((one) => one.name === name)
const password = `R00t "of'it\\;$`
let pollux: Pollux
let page: Page

const asRoot = async (sql: string) =>
  (await hostExec(name, ['env', `MYSQL_PWD=${password}`, 'mariadb', '-N', '-B'], { input: sql })).stdout.trim()

/** As Debian's package leaves it: root by the socket, and no account of Pollux's. */
const putBack = async () => {
  await asRoot(
    "DROP USER IF EXISTS pollux@localhost; ALTER USER root@localhost IDENTIFIED VIA mysql_native_password USING 'invalid' OR unix_socket;",
  )
  await hostExec(name, ['rm', '-rf', '/var/lib/pollux'])
}

test.skip(!host, 'larch does not run: npm run lab -- up larch')

test.beforeAll(async ({ browser }) => {
  if (!host) return
  await putBack()
  await asRoot(`ALTER USER root@localhost IDENTIFIED BY '${password.replaceAll(/[\\']/g, '\\$&')}';`)
  pollux = await startPollux()
  page = await (await browser.newContext()).newPage()
  await makeFirstAdmin(page, pollux)
  await takeInLabHost(page, pollux.url, name)
})
test.afterAll(async () => {
  await pollux?.remove()
  if (host) await putBack()
})

const readServers = async () => {
  await page.goto(`${pollux.url}/wizards/mysql`)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('button', { name: 'Read its servers' }).click()
}

test('a server that refuses root is offered an account, with each right and its reason', async () => {
  await readServers()
  const servers = page.getByRole('region', { name: 'Servers' })
  await expect(servers).toContainText('Access denied')
  await servers.getByRole('link', { name: 'Make an account for Pollux' }).click()
  await expect(page.getByRole('heading', { name: `Which account may Pollux have on ${name}?` })).toBeVisible()
  const rights = page.getByRole('table', { name: 'Rights of the account' })
  await expect(rights.getByRole('row', { name: /^SHOW VIEW/ })).toContainText('reads no row')
  await expect(rights.getByRole('row', { name: /^SUPER/ })).toContainText('reads and tunes')
  await expect(page.getByRole('radio', { name: /Take it away/ })).toHaveCount(0)
  await lookAt(page, 'account')
})

test('it is made with a password that is typed once, and the server is read by it', async () => {
  await page.getByRole('radio', { name: /Reads only/ }).check()
  await page.getByLabel('Password of the administrator').fill(password)
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('heading', { name: /Check what will happen/ })).toBeVisible()
  expect(await page.content()).not.toContain('R00t')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 480_000 })
  expect(await page.content()).not.toContain('R00t')
  await readServers()
  const read = page.getByRole('region', { name: 'What was read' })
  await expect(read).toContainText('pollux@localhost')
  await page.getByRole('link', { name: 'Change the account' }).click()
  // The draft is kept, and the password is in none.
  await expect(page.getByLabel('Password of the administrator')).toHaveValue('')
  await expect(page.getByRole('radio', { name: /Take it away/ })).toBeVisible()
})

test('it is taken away again', async () => {
  await page.getByRole('radio', { name: /Take it away/ }).check()
  await page.getByLabel('Password of the administrator').fill(password)
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('heading', { name: /Check what will happen/ })).toBeVisible()
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 480_000 })
  expect(await asRoot("SELECT COUNT(*) FROM mysql.user WHERE User = 'pollux'")).toBe('0')
})
