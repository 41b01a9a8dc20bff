import { type Browser, expect, type Page, test } from '@playwright/test'
import { startFilledPollux } from './filled-pollux'
import { lookAt } from './look-at'
import type { Pollux } from './pollux'
import { admin, makeFirstAdmin } from './sign-up'

// An operator who is bound to tags looks at all hosts, and is offered what he may do on his own alone.
test.describe.configure({ mode: 'serial' })

const host = 'alder'

let pollux: Pollux
let page: Page
let operator: Page

test.beforeAll(async ({ browser }) => {
  pollux = await startFilledPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
  await tagHost('web')
  operator = await joinAsOperator(browser, 'db, office')
})
test.afterAll(() => pollux?.remove())

async function tagHost(tags: string): Promise<void> {
  await openHost(page)
  await page.goto(`${page.url()}/edit`)
  await page.getByLabel('Tags').fill(tags)
  await page.getByRole('button', { name: 'Save name, tags and notes' }).click()
  await page.waitForURL(/\/hosts\/[^/]+$/)
}

async function joinAsOperator(browser: Browser, tags: string): Promise<Page> {
  await page.goto(`${pollux.url}/settings/users`)
  await page.getByLabel('E-mail').fill('bob@example.org')
  await page.getByLabel('Role').selectOption('operator')
  await page.getByLabel('Tags of the hosts').fill(tags)
  await page.getByRole('button', { name: 'Invite user' }).click()
  const link = await page
    .getByRole('status')
    .getByText(/\/invite#/)
    .textContent()
  const joined = await (await browser.newContext()).newPage()
  await joined.goto(link ?? '')
  await joined.getByLabel('Name').fill('Bob')
  await joined.getByLabel('Password').fill(admin.password)
  await joined.getByRole('button', { name: 'Join' }).click()
  await joined.waitForURL(`${pollux.url}/sign-in`)
  await joined.getByLabel('E-mail').fill('bob@example.org')
  await joined.getByLabel('Password').fill(admin.password)
  await joined.getByRole('button', { name: 'Sign in' }).click()
  await joined.waitForURL(`${pollux.url}/`)
  return joined
}

async function openHost(of: Page): Promise<void> {
  await of.goto(`${pollux.url}/hosts`)
  await of.getByRole('link', { name: new RegExp(`^${host} `) }).click()
  await of.getByRole('heading', { level: 1, name: host }).waitFor()
  await of.waitForURL(/\/hosts\/(?!pairs)[^/]+$/)
}

const refusal = `${host} is not among your hosts: they are those tagged db or office.`

test('a host that is not his says so, and offers nothing', async () => {
  await openHost(operator)
  await expect(operator.getByText(refusal)).toBeVisible()
  await expect(operator.getByRole('button', { name: /^Read (again|now)/ })).toHaveCount(0)
  await expect(operator.getByRole('link', { name: 'Start a wizard' })).toHaveCount(0)
  await lookAt(operator, 'host-not-yours')
  await operator.goto(`${operator.url()}/edit`)
  await expect(operator.getByText(refusal)).toBeVisible()
  await expect(operator.getByRole('button', { name: /Save/ })).toHaveCount(0)
})

test('a wizard offers him no such host, with the reason', async () => {
  await operator.goto(`${pollux.url}/wizards/scheduler`)
  await expect(operator.getByText(refusal)).toBeVisible()
  await expect(operator.getByRole('checkbox', { name: new RegExp(host) })).toBeDisabled()
  await lookAt(operator, 'wizard-not-yours')
})

test('once an admin says that it is his, he reads it', async () => {
  await page.goto(`${pollux.url}/settings/users`)
  await page.getByRole('link', { name: 'Bob' }).click()
  await page.getByLabel('Tags of the hosts').fill('web')
  await page.getByRole('button', { name: 'Set the hosts' }).click()
  await expect(page.getByText('The hosts of Bob are set')).toBeVisible()
  await lookAt(page, 'settings-user-tags')
  await openHost(operator)
  await expect(operator.getByText('is not among your hosts')).toHaveCount(0)
  await operator.getByRole('button', { name: /^Read (again|now)/ }).click()
  await expect(operator.getByText(/^Read .* ago/).first()).toBeVisible()
  await operator.goto(`${operator.url()}/edit`)
  await operator.getByLabel('Tags').fill('web, mine')
  await operator.getByRole('button', { name: 'Save name, tags and notes' }).click()
  await expect(operator.getByLabel('Tags')).toHaveAccessibleDescription(/Tags say who may touch a host/)
})
