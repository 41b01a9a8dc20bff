import { expect, type Page, test } from '@playwright/test'
import { openWizard, planSchedulers, putBack } from './disks'
import { startFilledPollux } from './filled-pollux'
import { graveFindings, schemes } from './grave-findings'
import { openMailWizard } from './mail-hosts'
import type { Pollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// axe on every page in both themes, and the main path without a mouse.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page

test.beforeAll(async ({ browser }) => {
  await putBack('umber')
  pollux = await startFilledPollux()
  // axe wants a page of a context that it can open another one in.
  page = await (await browser.newContext()).newPage()
})
test.afterAll(async () => {
  await pollux?.remove()
  await putBack('umber')
})

/** Every serious or critical violation, page by page; the last test of axe wants none. */
const violations: string[] = []
let looked = 0

/** Has axe look at what is on the screen now, light and dark. */
async function look(what: string): Promise<void> {
  for (const scheme of schemes)
    await test.step(`${what}, ${scheme}`, async () => {
      for (const { rule, html } of await graveFindings(page, scheme))
        violations.push(`${what}, ${scheme}: ${rule}: ${html}`)
      looked += 1
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
  await look('welcome')
  await makeFirstAdmin(page, pollux)
  const signedIn = await page.context().storageState()
  await page.context().clearCookies()
  for (const path of ['/sign-in', '/invite', '/reset']) {
    await open(path)
    await look(path)
  }
  await page.context().addCookies(signedIn.cookies)
})

test('pages of the inventory', async () => {
  for (const path of [
    '/',
    '/hosts',
    '/hosts?q=nowhere',
    '/hosts/new',
    '/hosts/many',
    '/hosts/pairs',
    '/hosts/pairs/new',
    '/nowhere',
  ]) {
    await open(path)
    await look(path)
  }
  const umber = await hostPath('umber')
  for (const tab of ['', '/services', '/storage', '/network', '/changes', '/access', '/edit', '/first-contact']) {
    await open(umber + tab)
    await look(`a host${tab}`)
  }
})

test('wizard and changes', async () => {
  await open('/wizards')
  await look('/wizards')
  await open('/wizards/failover-ip')
  await look('failover wizard, hosts')
  await open('/wizards/postfix')
  await look('mail wizard, hosts')
  await openMailWizard(page, pollux.url, 'linden')
  await page.getByLabel('Mail uses').selectOption({ label: 'Another one, put on in this change' })
  await page.getByLabel('Address to put on').fill('203.0.113.41/33')
  await page.getByRole('button', { name: 'Add a sender' }).click()
  await expect(page.getByLabel('Sender 1', { exact: true })).toBeVisible()
  await look('mail wizard, settings')
  await page.getByRole('button', { name: 'Leave sender 1 out' }).click()
  await page.getByLabel('Address to put on').fill('203.0.113.41/32')
  await page.getByRole('button', { name: 'Show the plan' }).click()
  await expect(page.getByRole('heading', { name: 'Check what will happen on linden' })).toBeVisible()
  await look('mail wizard, plan')
  await open('/wizards/scheduler')
  await look('wizard, hosts')
  await openWizard(page, pollux.url, 'umber')
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeVisible()
  await look('wizard, settings')
  await planSchedulers(page, pollux.url, 'umber', { sda: 'bfq' })
  await look('wizard, plan')
  await open('/changes/2')
  await look('a planned change')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await expect(page.getByRole('status')).toContainText('Done and proved')
  await look('an ended change')
  await open('/changes')
  await look('/changes')
})

test('activity, settings and what floats', async () => {
  const settings = [
    '/settings',
    '/settings/tags',
    '/settings/users',
    '/settings/credentials',
    '/settings/credentials/new',
    '/settings/catalogs',
    '/backups/connect',
    '/backups/connect?way=direct',
    '/backups/connect?way=sample',
  ]
  for (const path of ['/activity', ...settings, '/not-allowed']) {
    await open(path)
    await look(path)
  }
  await open('/settings/credentials')
  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await look('a credential')
  await open('/settings/users')
  await page.getByRole('table').getByRole('link').first().click()
  await look('a user')

  await open('/')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('the palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await look('the list of keys')
  await page.keyboard.press('Escape')
  await open(`${await hostPath('alder')}/access`)
  await page.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('the question before a removal')
})

test('axe finds nothing serious', () => {
  expect(violations).toEqual([])
  expect(looked).toBeGreaterThan(60)
})

test('the main path without a mouse', async () => {
  await open('/')
  await expect(page.locator('html[data-keys]')).toBeAttached()
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
  await expect(page.getByRole('status')).toContainText('Done and proved')
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
