import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { makePair } from '@/lib/server/testing'
import { freePort } from '@/scripts/start/test-start'
import { lookAt } from './look-at'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { admin, makeFirstAdmin } from './sign-up'

// Served with a certificate of its own, and behind a proxy that has one.
test.describe.configure({ mode: 'serial' })

let pair: ReturnType<typeof makePair>
let pollux: Pollux | undefined
test.beforeAll(() => {
  pair = makePair()
})
test.afterEach(async () => {
  await pollux?.remove()
  pollux = undefined
})
test.afterAll(() => rmSync(pair.dir, { recursive: true, force: true }))

// The certificate is nobody's but the test's own.
async function openPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
}

async function sessionCookie(page: Page) {
  const cookies = await page.context().cookies()
  return cookies.find(({ name }) => name.includes('session_token'))
}

test('with a certificate of its own', async ({ browser }) => {
  pollux = await startPollux(makeDataDir(), { POLLUX_TLS_CERT: pair.certFile, POLLUX_TLS_KEY: pair.keyFile })
  expect(pollux.url).toMatch(/^https:/)
  const page = await openPage(browser)
  await makeFirstAdmin(page, pollux)
  expect(await sessionCookie(page)).toMatchObject({
    name: '__Secure-pollux.session_token',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
  })
  const answer = await page.goto(`${pollux.url}/settings/connection`)
  expect(answer?.headers()['strict-transport-security']).toBe('max-age=31536000')
  await expect(page.getByText('Every browser comes over TLS.')).toBeVisible()
  await expect(page.getByText('localhost, 127.0.0.1')).toBeVisible()
  await lookAt(page, 'connection')

  await test.step('a pair that does not fit leaves the old one in use, and is told', async () => {
    const other = makePair('other', { dir: pair.dir })
    copyFileSync(other.certFile, pair.certFile)
    process.kill(pollux?.pid() ?? 0, 'SIGHUP')
    await expect.poll(() => pollux?.log()).toContain('the new certificate is not taken')
    await page.reload()
    await expect(page.getByText('The certificate that lies there now is not in use')).toBeVisible()
    await expect(page.getByText(/does not belong to the certificate/)).toBeVisible()
    await lookAt(page, 'connection-problem')
    await page.goto(`${pollux?.url}/`)
    await expect(page.getByText('A new certificate of this Pollux is not in use')).toBeVisible()
    copyFileSync(other.keyFile, pair.keyFile)
    process.kill(pollux?.pid() ?? 0, 'SIGHUP')
    await page.goto(`${pollux?.url}/settings/connection`)
    await expect(page.getByText('CN=other')).toBeVisible()
    await expect(page.getByText('is not in use')).toBeHidden()
  })
})

test('behind a trusted proxy that has one', async ({ browser }) => {
  const port = await freePort()
  const url = `https://127.0.0.1:${port}`
  const target = { port: '' }
  const proxy = startProxy(target, '198.51.100.4').listen(Number(port), '127.0.0.1')
  const settings = { POLLUX_TRUSTED_PROXY: '127.0.0.1', POLLUX_ORIGIN: url }
  pollux = await startPollux(makeDataDir(), settings)
  try {
    expect([pollux.url, pollux.signUpLink.startsWith(`${url}/welcome#`)]).toEqual([url, true])
    target.port = pollux.port
    const page = await openPage(browser)
    await makeFirstAdmin(page, pollux)
    expect(await sessionCookie(page)).toMatchObject({ name: '__Secure-pollux.session_token', secure: true })
    const answer = await page.goto(`${url}/activity?verb=sign+in`)
    expect(answer?.headers()['strict-transport-security']).toBe('max-age=31536000')
    await expect(page.getByText('from 198.51.100.4')).toBeVisible()

    // Past the proxy nothing can be changed: that way is not encrypted.
    const past = await openPage(browser)
    await past.goto(`http://127.0.0.1:${pollux.port}/sign-in`)
    await past.getByLabel('E-mail').fill(admin.email)
    await past.getByLabel('Password').fill(admin.password)
    await past.getByRole('button', { name: 'Sign in' }).click()
    await expect(past.getByText('did not come from a page of this Pollux')).toBeVisible()
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
})

/** What nginx does with `proxy_pass` and the headers of the README: hands on, and says for whom. */
function startProxy(target: { port: string }, client: string): Server {
  const certificate = { cert: readFileSync(pair.certFile), key: readFileSync(pair.keyFile) }
  return createServer(certificate, (incoming, outgoing) => {
    const headers = {
      ...incoming.headers,
      'x-forwarded-for': client,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': incoming.headers.host,
    }
    const { method, url } = incoming
    const sent = request({ host: '127.0.0.1', port: target.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    sent.on('error', () => outgoing.destroy())
    incoming.pipe(sent)
  })
}
