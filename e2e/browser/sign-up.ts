import type { Browser, Page } from '@playwright/test'
import type { Pollux } from './pollux'

export const admin = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery staple' }

/** Opens the printed one-time link and makes the first admin, as a person does; ends on Home, signed in. */
export async function makeFirstAdmin(page: Page, pollux: Pollux): Promise<void> {
  await page.goto(pollux.signUpLink)
  await page.getByLabel('Name').fill(admin.name)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Make the first admin' }).click()
  await page.waitForURL(`${pollux.url}/`)
}

/** Has the admin invite a user of this role, who joins and signs in with a browser of his own; gives his page. */
export async function signInInvited(
  browser: Browser,
  adminPage: Page,
  pollux: Pollux,
  role: 'viewer' | 'operator',
): Promise<Page> {
  const email = `${role}@example.org`
  await adminPage.goto(`${pollux.url}/settings/users`)
  await adminPage.getByLabel('E-mail').fill(email)
  await adminPage.getByLabel('Role').selectOption(role)
  await adminPage.getByRole('button', { name: 'Invite user' }).click()
  const link = await adminPage
    .getByRole('status')
    .getByText(/\/invite#/)
    .textContent()
  const page = await (await browser.newContext()).newPage()
  await page.goto(link ?? '')
  await page.getByLabel('Name').fill(`The ${role}`)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.waitForURL(`${pollux.url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${pollux.url}/`)
  return page
}
