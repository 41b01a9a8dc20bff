import { chromium } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { startPollux } from '@/e2e/browser/pollux'
import { makeFirstAdmin } from '@/e2e/browser/sign-up'
const pollux = await startPollux()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(60000)
  page.on('pageerror', (e) => console.log('pageerror:', e.message.slice(0, 400)))
  await makeFirstAdmin(page, pollux)
  await page.goto(`${pollux.url}/backups`)
  await page.getByRole('button', { name: /sample/i }).first().click()
  await page.waitForURL(/done=/)
  const base = `${pollux.url}/backups/${new URL(page.url()).searchParams.get('done')}`
  const paths: [string, string][] = [['overview', ''], ['pools', '/pools'], ['pool', '/pools/1'], ['volumes', '/volumes'], ['volumes-now', '/volumes?prune=now&sort=due'], ['volume', '/volumes/3?jobs=shown'], ['jobs', '/jobs'], ['job', '/jobs/300'], ['clients','/clients'], ['client','/clients/1'], ['running','/running']]
  for (const [name, path] of paths) {
    for (const [kind, width, scheme] of [['light', 1280, 'light'], ['dark', 1280, 'dark'], ['phone', 390, 'light']] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: scheme })
      const t = Date.now()
      const answer = await page.goto(base + path)
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: `/tmp/shots/${name}-${kind}.png`, fullPage: true })
      if (kind !== 'dark') {
        const { violations } = await new AxeBuilder({ page }).analyze()
        for (const v of violations) console.log('axe', name, kind, v.id, v.impact, v.nodes.map((n) => n.target.join(' ')).slice(0, 3))
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (over > 0) console.log('wider than the screen', name, kind, over)
      }
      if (kind === 'light') console.log(name, answer?.status(), Date.now() - t, 'ms')
    }
  }
} finally { await browser.close(); await pollux.remove() }
process.exit(0)
