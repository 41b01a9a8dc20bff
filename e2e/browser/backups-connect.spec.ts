import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { serveBytes } from '@/lib/ssh/testing/serve-bytes'
import { takeInLabHost } from './add-host'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// A director's catalog in MariaDB, connected through SSH by clicking, with an account that may only read; then a sample.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
const login = 'pollux_browser'

async function administer(statements: string): Promise<void> {
  expect((await hostExec('willow', ['mysql'], { input: statements })).code).toBe(0)
}

const madeByChange = 'pollux_made_here'

async function dropAccounts(): Promise<void> {
  for (const name of [login, madeByChange])
    await administer(`DROP USER IF EXISTS '${name}'@'localhost', '${name}'@'127.0.0.1';`)
}

test.beforeAll(async ({ browser }) => {
  await dropAccounts()
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await takeInLabHost(page, pollux.url, 'willow')
})
test.afterAll(async () => {
  await pollux?.remove()
  await dropAccounts()
})

test('an empty Pollux offers to connect a catalog, and the wizard finds the director', async () => {
  await page.goto(`${pollux.url}/backups`)
  await page.getByRole('link', { name: 'Connect a catalog' }).click()
  await page.getByLabel('Host of the director').selectOption({ label: 'willow' })
  await page.getByRole('button', { name: 'Go on' }).click()
  const found = page.getByRole('region', { name: 'What was found on willow' })
  await expect(found).toContainText('/etc/bacula/bacula-dir.conf')
  await expect(found).toContainText('MySQL or MariaDB by the library that the running director uses')
  await expect(page.getByLabel('Database', { exact: true })).toHaveValue('bacula')
  await expect(page.getByLabel('Time zone of the director')).toHaveValue('Europe/Berlin')
  await expect(page.getByLabel('Configuration of bconsole')).toHaveValue('/etc/bacula/bconsole-restricted.conf')
  expect(await page.content()).not.toContain('lab-catalog')
})

test('an account that is not there is refused with a sentence, and nothing typed is lost', async () => {
  await page.getByLabel('Login').fill(login)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cellar')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByRole('alert').filter({ hasText: `refuses the login of ${login}` })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Cellar')
})

test('made by the statements that are shown it may only read, and a wrong zone is seen', async () => {
  const shown = page.getByRole('region', { name: 'Statements that make the account' }).getByRole('code')
  const statements = (await shown.allTextContents()).find((text) => text.startsWith('CREATE USER')) ?? ''
  expect(statements).toContain('GRANT SELECT ON `bacula`.*')
  await administer(statements)

  const zone = page.getByLabel('Time zone of the director')
  await zone.fill('Asia/Kolkata')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  const report = page.getByRole('region', { name: 'What the test saw' })
  await expect(report).toContainText('Asia/Kolkata does not fit')
  await zone.fill('Europe/Berlin')
  await expect(report).toBeHidden()
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(report).toContainText('Bacula 9.0 to 9.6 live-tested')
  await expect(report).toContainText('may only read in a session that may only read')
  await expect(report).toContainText('Europe/Berlin fits the jobs of the catalog')
  const [jobs] = (await hostExec('willow', ['mysql', '-N', 'bacula', '-e', 'SELECT COUNT(*) FROM Job'])).stdout.split(
    '\n',
  )
  await expect(report.getByText(jobs ?? '', { exact: true })).toBeVisible()
})

test('it is kept, opened and shown in the settings', async () => {
  await page.getByRole('button', { name: 'Connect catalog' }).click()
  await expect(page.getByRole('heading', { name: 'Cellar is connected' })).toBeVisible()
  await page.getByRole('link', { name: 'Open Cellar' }).click()
  await expect(page).toHaveURL(/\/backups\/[0-9a-f-]+$/)
  await page.goto(`${pollux.url}/settings/catalogs`)
  await page.getByRole('link', { name: 'Cellar' }).click()
  await expect(page.getByText('MySQL or MariaDB at 127.0.0.1 port 3306, by SSH through willow.')).toBeVisible()
  expect(await page.content()).not.toContain('IDENTIFIED')
})

test('its settings keep the account that is stored, and test before they save', async () => {
  const form = page.getByRole('form', { name: 'Where it is and who reads it' })
  await form.getByRole('radio', { name: /^By the database’s own client/ }).check()
  await form.getByRole('button', { name: 'Test and save' }).click()
  await expect(form.getByText('The test went well, and it is saved')).toBeVisible()
  await form.getByRole('textbox', { name: 'Port' }).fill('7')
  await form.getByRole('radio', { name: /^Through the SSH connection/ }).check()
  await form.getByRole('button', { name: 'Test and save' }).click()
  await expect(form.getByText(/No database takes connections at 127.0.0.1 port 7/)).toBeVisible()
})

test('its host stays in the inventory as long as the catalog is read through it', async () => {
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: 'willow' }).click()
  await page.getByRole('link', { name: 'Access' }).click()
  await page.getByRole('button', { name: 'Remove willow' }).click()
  await page.getByLabel('Type willow to go on').fill('willow')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove willow' }).click()
  await expect(page.getByRole('dialog')).toContainText('The catalog Cellar is read through willow.')
})

test('a database over the network is asked with encryption, unless somebody says off', async () => {
  // A PostgreSQL without TLS: it answers the request for it with one letter.
  const server = await serveBytes((socket) => void socket.on('data', () => socket.write('N')))
  await page.goto(`${pollux.url}/backups/connect`)
  await page.getByRole('radio', { name: /^Over the network/ }).check()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('radio', { name: /^Required, certificate checked/ })).toBeChecked()
  await page.getByLabel('Kind of database').selectOption({ label: 'PostgreSQL' })
  await page.getByLabel('Address').fill('127.0.0.1')
  await page.getByLabel('Port').fill(String(server.port))
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Far')
  await page.getByLabel('Time zone of the director').fill('Etc/UTC')
  const authority = page.getByLabel('Certificate of the authority')
  await authority.fill('-----BEGIN PRIVATE KEY-----')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByText('This holds a private key')).toBeVisible()
  await authority.fill('')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'offers no encryption' })).toBeVisible()
  await page.getByRole('radio', { name: /^Off/ }).check()
  await expect(authority).toBeHidden()
  await server.stop()
})

test('a sample is made, marked and removed', async () => {
  await page.goto(`${pollux.url}/backups/connect`)
  await page.getByRole('radio', { name: /^A sample/ }).check()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Make the sample' }).click()
  await expect(page.getByRole('heading', { name: 'The sample is there' })).toBeVisible()
  await page.getByRole('link', { name: 'Its settings' }).click()
  await page.getByRole('button', { name: 'Remove Sample' }).click()
  await page.getByLabel('Type Sample to go on').fill('Sample')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Sample' }).click()
  await expect(page.getByRole('row', { name: /Cellar/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Sample/ })).toHaveCount(0)
})

test('an account is planned as a change, whose statements are shown without the password', async () => {
  await page.goto(`${pollux.url}/backups/connect`)
  await page.getByLabel('Host of the director').selectOption({ label: 'willow' })
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByLabel('Login').fill(madeByChange)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Attic')
  await page.getByRole('button', { name: 'Plan the account' }).click()
  await expect(
    page.getByRole('heading', { name: `The account ${madeByChange} on willow, which may only read bacula` }),
  ).toBeVisible()
  const given = page.getByRole('region', { name: 'Given to commands' })
  await expect(given).toContainText(`CREATE USER '${madeByChange}'@'localhost' IDENTIFIED BY '••••••';`)
  await expect(given).toContainText(`DROP USER IF EXISTS '${madeByChange}'@'localhost';`)
})

test('it is made and proved, and the wizard goes on with it', async () => {
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByText(/^Done and proved in/)).toBeVisible()
  await page.getByRole('link', { name: 'connect the catalog with it' }).click()
  await expect(page.getByRole('radio', { name: new RegExp(`^The account ${madeByChange} of change #1`) })).toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Attic')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByRole('region', { name: 'What the test saw' })).toContainText('may only read')
  await page.getByRole('button', { name: 'Connect catalog' }).click()
  await expect(page.getByRole('heading', { name: 'Attic is connected' })).toBeVisible()
  const row = async () => {
    await page.goto(`${pollux.url}/backups?all=1`)
    return page.getByRole('row', { name: /Attic/ }).textContent()
  }
  await expect.poll(row).toContain('In reach')
})
