import type { Page } from '@playwright/test'
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
