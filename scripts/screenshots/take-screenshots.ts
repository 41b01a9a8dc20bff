import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chooseSchedulers, openWizard, planSchedulers, putBack } from '@/e2e/browser/disks'
import { startFilledPollux } from '@/e2e/browser/filled-pollux'
import type { Pollux } from '@/e2e/browser/pollux'
import { makeFirstAdmin } from '@/e2e/browser/sign-up'
import config from '@/playwright.config'

// What README shows, by file name; each run makes them anew.
const forReadme = ['home-light', 'home-dark', 'home-phone', 'host-light', 'wizard-plan-light', 'change-light']
const folder = process.argv[2]
const directory = folder ?? 'docs/screenshots'

const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const

mkdirSync(directory, { recursive: true })
await putBack('umber')
const pollux = await startFilledPollux()
const browser = await chromium.launch(config.use?.launchOptions)
try {
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(pollux.signUpLink)
  await shoot(page, 'welcome')
  await makeFirstAdmin(page, pollux)
  await shootChange(page, pollux)
  await shootPages(page, pollux)
  await shootFloating(page, pollux)
  await page.context().clearCookies()
  await open(page, pollux, '/sign-in')
  await shoot(page, 'sign-in')
} finally {
  await browser.close()
  await pollux.remove()
  await putBack('umber')
}

/** The page as it is now, in every look that is wanted of it. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    const file = `${name}-${look.name}`
    if (folder === undefined && !forReadme.includes(file)) continue
    await page.emulateMedia({ colorScheme: look.colorScheme })
    await page.setViewportSize(look.viewport)
    if (folder !== undefined) await showWhole(page, look.viewport)
    await page.screenshot({ path: join(directory, `${file}.png`) })
  }
  await page.setViewportSize(looks[0].viewport)
}

/** Makes the window as high as the page, so that what sticks to its edge covers nothing. */
async function showWhole(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.max(height, whole) })
}

/** From the wizard's first step to the proof. */
async function shootChange(page: Page, { url }: Pollux): Promise<void> {
  await open(page, { url }, '/wizards/scheduler')
  await shoot(page, 'wizard-hosts')
  await openWizard(page, url, 'umber')
  await chooseSchedulers(page, 'umber', { sda: 'bfq' })
  await shoot(page, 'wizard-settings')
  await planSchedulers(page, url, 'umber', { sda: 'bfq', sdb: 'none', ubdb: 'none' })
  await shoot(page, 'wizard-plan')
  await open(page, { url }, '/changes/1')
  await shoot(page, 'change-planned')
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await page.getByRole('region', { name: 'Guard' }).waitFor()
  await shoot(page, 'change-live')
  await page.getByText(/Done and proved in/).waitFor({ timeout: 120_000 })
  await shoot(page, 'change')
  await planSchedulers(page, url, 'umber', { sda: 'mq-deadline' })
  await open(page, { url }, '/changes/2')
  await page.getByRole('button', { name: 'Ask for approval' }).click()
  await page.getByText('Waits for approval').first().waitFor()
}

async function shootPages(page: Page, { url }: Pollux): Promise<void> {
  const pages: readonly (readonly [string, string])[] = [
    ['home', '/'],
    ['hosts', '/hosts'],
    ['hosts-none-fits', '/hosts?q=nowhere'],
    ['new-host', '/hosts/new'],
    ['many-hosts', '/hosts/many'],
    ['wizards', '/wizards'],
    ['changes', '/changes'],
    ['activity', '/activity'],
    ['settings', '/settings'],
    ['settings-users', '/settings/users'],
    ['settings-credentials', '/settings/credentials'],
    ['new-credential', '/settings/credentials/new'],
    ['not-found', '/nowhere'],
  ]
  for (const [name, path] of pages) {
    await open(page, { url }, path)
    await shoot(page, name)
  }
  for (const host of ['umber', 'alder', 'oldnas']) await shootHost(page, url, host)
}

async function shootHost(page: Page, url: string, host: string): Promise<void> {
  await open(page, { url }, '/hosts')
  const link = page.getByRole('link', { name: new RegExp(`^${host} `) })
  if ((await link.count()) === 0) return
  const path = await link.getAttribute('href')
  for (const tab of ['', '/services', '/storage', '/network', '/changes', '/access', '/edit', '/first-contact']) {
    await open(page, { url }, `${path}${tab}`)
    const part = tab === '' ? '' : tab.replace('/', '-')
    await shoot(page, host === 'umber' ? `host${part}` : `${host}${part}`)
  }
}

async function shootFloating(page: Page, { url }: Pollux): Promise<void> {
  await open(page, { url }, '/')
  // Keys count once the page's script runs.
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await shoot(page, 'keys')
  await page.keyboard.press('Escape')
}

async function open(page: Page, { url }: Pick<Pollux, 'url'>, path: string): Promise<void> {
  await page.goto(url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
