import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, type Page, test } from '@playwright/test'
import { portOf } from '@/scripts/start/test-start'
import { ask } from './plain-request'
import { type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// What a browser is told to keep to, and that it does.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
/** What the browser refused on account of the policy, as it reports it itself. */
const violations: string[] = []

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  page = await browser.newPage()
  await page.exposeFunction('reportViolation', (text: string) => void violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      const report: unknown = Reflect.get(window, 'reportViolation')
      if (typeof report === 'function') report(`${location.pathname}: ${effectiveDirective} ${blockedURI} ${sample}`)
    })
  })
  await makeFirstAdmin(page, pollux)
})
test.afterAll(() => pollux?.remove())

test('every answer carries the headers, and no page allows an inline script', async () => {
  for (const path of ['/sign-in', '/', '/nowhere', '/api/palette', '/healthz', '/metrics', '/icon.svg', '/_next/x.js'])
    await test.step(path, async () => {
      const { headers } = await ask(pollux.url + path)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      })
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(headers['x-powered-by']).toBeUndefined()
      const script = /script-src [^;]*/.exec(String(headers['content-security-policy']))?.[0] ?? "default-src 'none'"
      expect(script).not.toMatch(/unsafe|\*|https?:|data:/)
    })
  const { headers } = await ask(`${pollux.url}/sign-in`)
  for (const rule of ["base-uri 'none'", "form-action 'self'", "object-src 'none'", "frame-src 'none'"])
    expect(headers['content-security-policy']).toContain(rule)
  const again = await ask(`${pollux.url}/sign-in`)
  expect(again.headers['content-security-policy']).not.toBe(headers['content-security-policy'])
})

test('no main page breaks its own policy', async () => {
  const paths = ['/', '/hosts', '/hosts/new', '/changes', '/meshes', '/wizards', '/backups', '/activity', '/settings']
  for (const path of [...paths, ...['users', 'credentials', 'record', 'connection'].map((tab) => `/settings/${tab}`)]) {
    await page.goto(pollux.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(violations).toEqual([])
})

test('an inline script that got into a page does not run, and neither does one from elsewhere', async () => {
  await page.goto(pollux.url)
  await page.evaluate(() => {
    const inline = document.createElement('script')
    inline.textContent = 'window.wasRun = "inline"'
    const elsewhere = document.createElement('script')
    elsewhere.src = 'http://127.0.0.2:9/evil.js'
    const image = document.createElement('img')
    image.setAttribute('onerror', 'window.wasRun = "handler"')
    image.src = 'data:,'
    document.body.append(inline, elsewhere, image)
  })
  await expect
    .poll(() => violations.map((text) => text.split(' ')[1]))
    .toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr']))
  await expect.poll(() => violations.filter((text) => text.includes('evil.js'))).toHaveLength(1)
  expect(await page.evaluate(() => Reflect.get(window, 'wasRun'))).toBeUndefined()
})

test('no page of Pollux stands in a frame of another', async ({ browser }) => {
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<iframe src="${pollux.url}/sign-in"></iframe>`)
  })
  await once(other.listen(0, '127.0.0.1'), 'listening')
  const outer = await browser.newPage()
  await outer.goto(`http://127.0.0.1:${portOf(other)}/`)
  // The browser puts a page of its own into the frame.
  await expect.poll(() => outer.frames()[1]?.url()).toMatch(/^chrome-error:/)
  await outer.close()
  other.close()
})
