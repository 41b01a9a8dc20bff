import { expect, type Page, test } from '@playwright/test'
import { addHost, compareAndPin, fillNewHost, labKey, type NewHost } from './add-host'
import { type OddServer, startRubbishServer, startSilentServer } from './odd-servers'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// Whatever is wrong with a host: a sentence that says what, and nothing that was typed is lost.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
let silent: OddServer
let rubbish: OddServer

test.beforeAll(async ({ browser }) => {
  ;[silent, rubbish] = await Promise.all([startSilentServer(), startRubbishServer()])
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
})
test.beforeEach(() => page.goto(`${pollux.url}/hosts/new`))
test.afterAll(async () => {
  await pollux?.remove()
  await silent?.close()
  await rubbish?.close()
})

const password = (name: string, secret: string) => ({ way: 'A password', name, password: secret }) as const

/** What was typed about where a host is stands in its form, to be put right. */
async function typedIsKept(host: NewHost): Promise<void> {
  await page.goto(`${pollux.url}/hosts`)
  await page.getByRole('link', { name: new RegExp(`^${host.name} `) }).click()
  await page.getByRole('link', { name: 'Access' }).click()
  await page.getByRole('link', { name: `Edit ${host.name}` }).click()
  await expect(page.getByLabel('Address')).toHaveValue(host.address)
  if (host.port) await expect(page.getByLabel('Port of SSH')).toHaveValue(host.port)
  if (host.login) await expect(page.getByLabel('Login', { exact: true })).toHaveValue(host.login)
}

/** Adds a host whose key cannot be had, and reads why. */
async function refusedAtKey(host: NewHost, why: RegExp): Promise<void> {
  await addHost(page, host)
  const told = page.getByRole('alert').filter({ hasText: `${host.name} did not show its key` })
  await expect(told).toContainText(why)
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible()
  await typedIsKept(host)
}

/** Adds a host that is reached and cannot be entered as it should, and reads which stage failed and why. */
async function refusedAtStage(labHost: string, host: NewHost, stage: string, why: RegExp): Promise<void> {
  await addHost(page, host)
  await compareAndPin(page, labHost)
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByText(new RegExp(`^${host.name} was not entered`))).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(`^${stage} `) })).toContainText(why)
  await typedIsKept(host)
}

test('an address and a port that cannot be', async () => {
  const host = { name: 'far', address: '10.77.0.300', port: '70000', credential: password('A word', 'something long') }
  await fillNewHost(page, host)
  const address = page.getByLabel('Address')
  await expect(address).toHaveAccessibleDescription(/The last part is 300; it goes up to 255\./)
  await expect(page.getByLabel('Port of SSH')).toHaveAccessibleDescription(/from 1 to 65535; this is 70000/)
  await page.getByRole('button', { name: 'Add host and compare its key' }).click()
  await expect(address).toHaveAttribute('aria-invalid', 'true')
  await expect(address).toHaveAccessibleDescription(/The last part is 300/)
  await expect(page.getByLabel('Port of SSH')).toHaveAccessibleDescription(/65535/)
  await page.reload()
  await expect(page.getByText('What you typed before is here again, but for secrets.')).toBeVisible()
  await expect(address).toHaveValue('10.77.0.300')
  await expect(page.getByLabel('Port of SSH')).toHaveValue('70000')
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('far')
  await page.goto(`${pollux.url}/hosts`)
  await expect(page.getByRole('heading', { name: 'No host yet' })).toBeVisible()
  await page.goto(`${pollux.url}/hosts/new`)
  await page.getByRole('button', { name: 'Begin anew' }).click()
  await expect(address).toHaveValue('')
})

test('a host that nobody is', () =>
  refusedAtKey(
    { name: 'nobody', address: '10.77.0.99', credential: password('Of nobody', 'something long') },
    /10\.77\.0\.99/,
  ))

test('a host that accepts and hangs', () =>
  refusedAtKey(
    { name: 'silent', address: '127.0.0.1', port: silent.port, credential: password('Of silent', 'something long') },
    /(says|said|greet|answer|silent)/,
  ))

test('a host that greets with rubbish', () =>
  refusedAtKey(
    { name: 'rubbish', address: '127.0.0.1', port: rubbish.port, credential: password('Of rubbish', 'something long') },
    /SSH/,
  ))

test('a user who may not use sudo', () =>
  refusedAtStage(
    'alder',
    {
      name: 'alder-guest',
      address: '10.77.0.11',
      login: 'guest',
      privilege: 'Everything, by sudo',
      credential: password('Guest of alder', 'lab-guest'),
    },
    'Privilege',
    /guest may not become root on alder-guest\. Add the user to sudoers/,
  ))

test('a wrong password for sudo', () =>
  refusedAtStage(
    'jump',
    {
      name: 'jump-ops',
      address: '10.77.0.16',
      login: 'ops',
      privilege: 'Everything, by sudo',
      sudoPassword: 'not the right one',
      credential: labKey(),
    },
    'Privilege',
    /does not accept the stored password of ops/,
  ))

test('a wrong password of the login', () =>
  refusedAtStage(
    'umber',
    { name: 'umber-root', address: '10.77.0.51', credential: password('Wrong', 'not the right one') },
    'Login',
    /password/,
  ))
