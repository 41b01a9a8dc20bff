import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { lookAt } from './look-at'
import { type Pollux, startPollux } from './pollux'
import { admin, makeFirstAdmin, signInInvited } from './sign-up'

// A store that is lost with its machine, and put onto an empty one, by the README's own commands.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let elsewhere: string
let page: Page

test.beforeAll(async ({ browser }) => {
  elsewhere = mkdtempSync(join(tmpdir(), 'pollux-elsewhere-'))
  writeFileSync(join(elsewhere, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 })
  pollux = await startPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
})
test.afterAll(async () => {
  await pollux?.remove()
  rmSync(elsewhere, { recursive: true, force: true })
})

function npmRun(...words: string[]): string {
  const env = { ...process.env, POLLUX_DATA: pollux.dataDir }
  const { status, stdout, stderr } = spawnSync('npm', ['run', ...words], { encoding: 'utf8', env })
  expect(status, stderr).toBe(0)
  return stdout
}

const note = () => page.getByText('Pollux is paused: its store was restored from a backup')

test('is backed up while it runs, restored onto an empty folder, and says on every page that it is paused', async ({
  browser,
}) => {
  const operator = await signInInvited(browser, page, pollux, 'operator')
  const passphrase = ['--passphrase-file', join(elsewhere, 'passphrase')]
  const said = npmRun('backup', '--', '--to', join(elsewhere, 'backups'))
  npmRun('backup', '--', '--key', join(elsewhere, 'pollux.key'), ...passphrase)
  const backup = join(elsewhere, 'backups', readdirSync(join(elsewhere, 'backups'))[0] ?? '')
  expect(said).toContain(backup)

  await pollux.stop('SIGKILL')
  for (const name of readdirSync(pollux.dataDir)) rmSync(join(pollux.dataDir, name), { recursive: true })
  npmRun('restore', '--', '--from', backup, '--key', join(elsewhere, 'pollux.key'), ...passphrase)
  await pollux.start()

  await page.goto(pollux.url)
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(note()).toBeVisible()
  await lookAt(page, 'paused-door')
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${pollux.url}/`)
  for (const path of ['/', '/hosts', '/changes', '/backups', '/settings', '/activity']) {
    await page.goto(`${pollux.url}${path}`)
    await expect(note()).toBeVisible()
  }
  await page.goto(pollux.url)
  await lookAt(page, 'paused-home')

  await operator.goto(`${pollux.url}/sign-in`)
  await operator.getByLabel('E-mail').fill('operator@example.org')
  await operator.getByLabel('Password').fill(admin.password)
  await operator.getByRole('button', { name: 'Sign in' }).click()
  await expect(operator.getByText('until an admin resumes it')).toBeVisible()
  await expect(operator.getByRole('link', { name: /resume/ })).toHaveCount(0)
})

test('an admin looks at what waits, and resumes it', async () => {
  await page.goto(pollux.url)
  await page.getByRole('link', { name: 'Look at what waits, and resume' }).click()
  await expect(page.getByRole('heading', { name: 'Resume the restored store' })).toBeVisible()
  await lookAt(page, 'resume')
  expect((await page.request.get(`${pollux.url}/healthz`)).status()).toBe(200)
  expect(await (await page.request.get(`${pollux.url}/healthz`)).json()).toMatchObject({ worker: 'paused' })
  await page.getByRole('button', { name: 'Resume Pollux' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Pollux is not paused')).toBeVisible()
  await expect(note()).toHaveCount(0)
  expect(await (await page.request.get(`${pollux.url}/healthz`)).json()).toMatchObject({ worker: 'running' })
  await page.goto(`${pollux.url}/activity`)
  for (const verb of ['resume after restore', 'restore store'])
    await expect(page.getByRole('row').filter({ hasText: verb })).toHaveCount(1)
})
