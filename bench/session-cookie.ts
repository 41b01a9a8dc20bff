import { chromium } from '@playwright/test'
import type { Pollux } from '@/e2e/browser/pollux'
import { makeFirstAdmin } from '@/e2e/browser/sign-up'

/** Makes the first admin of a Pollux that has none, in a browser, and gives his session as a Cookie header. */
export async function sessionCookie(pollux: Pollux): Promise<string> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const page = await browser.newPage()
    await makeFirstAdmin(page, pollux)
    return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  } finally {
    await browser.close()
  }
}
