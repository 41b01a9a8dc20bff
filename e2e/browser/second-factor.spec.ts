import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { totpCode } from '@/lib/auth/second-factor/totp'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { admin, makeFirstAdmin, signInInvited } from './sign-up'

test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
let secret = ''
let recoveryCode = ''

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
})
test.afterAll(() => pollux?.remove())

/** The newest code that nobody used: each is good once, and the one after it is taken too (clocks differ). */
let used = 0
function freshCode(): string {
  const step = Math.max(Math.floor(Date.now() / 30_000) - 1, used + 1)
  used = step
  return totpCode(secret, step * 30_000)
}

async function signOut(of: Page): Promise<void> {
  await of.context().clearCookies()
  await of.goto(`${pollux.url}/sign-in`)
}

async function givePassword(of: Page, email: string): Promise<void> {
  await of.getByLabel('E-mail').fill(email)
  await of.getByLabel('Password').fill(admin.password)
  await of.getByRole('button', { name: 'Sign in' }).click()
}

test('is set up with a QR code, a code of the app and the password; recovery codes are shown once, as text too', async () => {
  await page.goto(`${pollux.url}/settings`)
  await page.getByRole('link', { name: 'Set up a second factor' }).click()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  secret = (await page.locator('code').textContent()) ?? ''
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  await lookAt(page, 'second-factor-qr')
  await page.getByRole('textbox', { name: 'Code' }).fill('12345')
  await page.getByLabel('Your password').fill(admin.password)
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await expect(page.getByRole('textbox', { name: 'Code' })).toHaveAccessibleDescription(
    /not the code that the app shows/,
  )
  await page.getByRole('textbox', { name: 'Code' }).fill(freshCode())
  await page.getByRole('button', { name: 'Turn it on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  recoveryCode = (await codes.first().textContent()) ?? ''
  await lookAt(page, 'second-factor-codes')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download them as text' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('pollux-recovery-codes.txt')
  expect(readFileSync(await download.path(), 'utf8')).toContain(recoveryCode)
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.goto(`${pollux.url}/settings`)
  await expect(page.getByText('10 recovery codes are left')).toBeVisible()
  await lookAt(page, 'settings-second-factor')
  expect(await page.content()).not.toContain(recoveryCode)
})

test('the sign-in asks for a code as a second step, by keyboard alone', async () => {
  await signOut(page)
  await givePassword(page, admin.email)
  const code = page.getByRole('textbox', { name: 'Code' })
  await expect(code).toBeFocused()
  await lookAt(page, 'sign-in-code')
  await page.goto(`${pollux.url}/hosts`)
  await expect(page).toHaveURL(/sign-in/)
  await givePassword(page, admin.email)
  await expect(code).toBeFocused()
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await expect(code).toHaveAccessibleDescription(/not right, or was used before/)
  await code.fill(freshCode())
  await page.keyboard.press('Enter')
  await page.waitForURL(`${pollux.url}/hosts`)
})

test('a recovery code signs in once', async () => {
  await signOut(page)
  await givePassword(page, admin.email)
  await page.getByRole('textbox', { name: 'Code' }).fill(recoveryCode)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${pollux.url}/`)
  await signOut(page)
  await givePassword(page, admin.email)
  await page.getByRole('textbox', { name: 'Code' }).fill(recoveryCode)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('textbox', { name: 'Code' })).toHaveAccessibleDescription(/used before/)
  await page.getByRole('textbox', { name: 'Code' }).fill(freshCode())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${pollux.url}/`)
})

test('once it is asked of everybody, every page and action leads who has none to set it up first', async ({
  browser,
}) => {
  const operator = await signInInvited(browser, page, pollux, 'operator')
  await operator.goto(`${pollux.url}/settings`)
  await page.goto(`${pollux.url}/settings/users`)
  await page.getByRole('button', { name: 'Ask everybody for one' }).click()
  await expect(page.getByText('Everybody must have one')).toBeVisible()
  await lookAt(page, 'settings-users')

  await operator.getByLabel('Name', { exact: true }).fill('Somebody else')
  await operator.getByRole('button', { name: 'Change name' }).click()
  await expect(operator.getByRole('alert').filter({ hasText: 'second factor' })).toBeVisible()
  expect((await operator.request.get(`${pollux.url}/api/palette`)).status()).toBe(403)
  for (const path of ['/', '/hosts', '/changes', '/settings']) {
    await operator.goto(pollux.url + path)
    await expect(operator).toHaveURL(`${pollux.url}/second-factor`)
  }
  await lookAt(operator, 'second-factor-asked')
  await operator.getByRole('button', { name: 'Show the QR code' }).click()
  const own = (await operator.locator('code').textContent()) ?? ''
  await operator.getByRole('textbox', { name: 'Code' }).fill(totpCode(own))
  await operator.getByLabel('Your password').fill(admin.password)
  await operator.getByRole('button', { name: 'Turn it on' }).click()
  await operator.getByRole('link', { name: 'I have kept them' }).click()
  await operator.waitForURL(`${pollux.url}/`)
  await operator.goto(`${pollux.url}/hosts`)
  await expect(operator).toHaveURL(`${pollux.url}/hosts`)
})

test('an admin ends sessions of others, and takes a lost second factor away', async ({ browser }) => {
  const phone = await (await browser.newContext()).newPage()
  await page.getByRole('link', { name: 'The operator' }).click()
  await page.getByRole('button', { name: 'Take it away' }).waitFor()
  await lookAt(page, 'settings-user')
  await page.getByRole('button', { name: 'End all sessions' }).click()
  await expect(page.getByText('The operator is signed in nowhere.')).toBeVisible()
  await page.getByRole('button', { name: 'Take it away' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it away' }).click()
  await expect(page.getByText('The operator has none')).toBeVisible()
  await phone.goto(`${pollux.url}/sign-in`)
  await givePassword(phone, 'operator@example.org')
  await phone.waitForURL(`${pollux.url}/second-factor`)
  await phone.context().close()
})
