import { spawnSync } from 'node:child_process'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openWizard, planSchedulers, putBack } from './disks'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// axe on every page in both themes, and the main path without a mouse.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page

test.beforeAll(async ({ browser }) => {
  test.setTimeout(400_000)
  await putBack('umber')
  pollux = await startFilledPollux()
  page = await browser.newPage()
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack('umber')
})

/** A Pollux that has the lab's hosts in its inventory, read once. */
async function startFilledPollux(): Promise<Pollux> {
  const dataDir = makeDataDir()
  const fill = ['scripts/start.mjs', '--run', 'scripts/demo/fill-inventory.ts']
  const filled = spawnSync(process.execPath, fill, { encoding: 'utf8', env: { ...process.env, POLLUX_DATA: dataDir } })
  expect(filled.stderr + filled.stdout).toMatch(/hosts were read/)
  return startPollux(dataDir)
}

/** No serious or critical violation in what is on the screen now, light and dark. */
async function looksRight(what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    await test.step(`${what}, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).analyze()
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      const told = grave.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
      expect.soft(told, `${what}, ${colorScheme}`).toEqual([])
    })
}

async function open(path: string): Promise<void> {
  await page.goto(pollux.url + path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

async function hostPath(name: string): Promise<string> {
  await open('/hosts')
  return (await page.getByRole('link', { name: new RegExp(`^${name} `) }).getAttribute('href')) ?? ''
}

test('pages in front of the door', async () => {
  await page.goto(pollux.signUpLink)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await looksRight('welcome')
  await makeFirstAdmin(page, pollux)
  const signedIn = await page.context().storageState()
  await page.context().clearCookies()
  for (const path of ['/sign-in', '/invite', '/reset']) {
    await open(path)
    await looksRight(path)
  }
  await page.context().addCookies(signedIn.cookies)
})

test('pages of the inventory', async () => {
  for (const path of ['/', '/hosts', '/hosts?q=nowhere', '/hosts/new', '/hosts/many', '/nowhere']) {
    await open(path)
    await looksRight(path)
  }
  const umber = await hostPath('umber')
  for (const tab of ['', '/services', '/storage', '/network', '/changes', '/access', '/edit', '/first-contact']) {
    await open(umber + tab)
    await looksRight(`a host${tab}`)
  }
})

test('wizard and changes', async () => {
  await open('/wizards')
  await looksRight('/wizards')
  await open('/wizards/scheduler')
  await looksRight('wizard, hosts')
  await openWizard(page, pollux.url, 'umber')
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeVisible()
  await looksRight('wizard, settings')
  await planSchedulers(page, pollux.url, 'umber', { sda: 'bfq' })
  await looksRight('wizard, plan')
  await open('/changes/1')
  await looksRight('a planned change')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 90_000 })
  await looksRight('an ended change')
  await open('/changes')
  await looksRight('/changes')
})

test('activity, settings and what floats', async () => {
  const settings = ['/settings', '/settings/users', '/settings/credentials', '/settings/credentials/new']
  for (const path of ['/activity', ...settings, '/not-allowed']) {
    await open(path)
    await looksRight(path)
  }
  await open('/settings/credentials')
  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await looksRight('a credential')
  await open('/settings/users')
  await page.getByRole('table').getByRole('link').first().click()
  await looksRight('a user')

  await open('/')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await looksRight('the palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await looksRight('the list of keys')
  await page.keyboard.press('Escape')
  await open(`${await hostPath('alder')}/access`)
  await page.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await looksRight('the question before a removal')
})

test('the main path without a mouse', async () => {
  await open('/')
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page).toHaveURL(`${pollux.url}/hosts`)
  await expect(page.getByRole('table').getByRole('link', { name: /^alder / })).toBeVisible()
  // Down until umber has the focus, one back, one down again, and in.
  const umber = page.getByRole('link', { name: /^umber / })
  const rows = await page.getByRole('row').count()
  await expect
    .poll(async () => {
      await page.keyboard.press('j')
      return umber.evaluate((link) => link === document.activeElement)
    })
    .toBe(true)
  expect(rows).toBeGreaterThan(2)
  await page.keyboard.press('k')
  await expect(umber).not.toBeFocused()
  await page.keyboard.press('j')
  await expect(umber).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'umber' })).toBeVisible()

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').pressSequentially('scheduler')
  await expect(page.getByRole('option', { name: /I\/O scheduler/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'On which hosts?' })).toBeVisible()
  await tabTo('checkbox', 'umber')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeVisible()
  await tabTo('combobox', 'Scheduler for sdb on umber')
  await page.keyboard.type('kyber')
  await expect(page.getByRole('combobox', { name: 'Scheduler for sdb on umber' })).toHaveValue('kyber')
  await tabTo('button', 'Show the plan')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Check what will happen on umber' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status')).toContainText('Done and proved', { timeout: 90_000 })
})

/** Presses Tab until the control has the focus; fails when the page's end comes first. */
async function tabTo(role: 'checkbox' | 'combobox' | 'button', name: string): Promise<void> {
  const control = page.getByRole(role, { name, exact: role !== 'checkbox' })
  for (let presses = 0; presses < 100; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(control).toBeFocused()
}
