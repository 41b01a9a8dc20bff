import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makePair } from '@/lib/server/testing'
import { freePort, portOf, type StartedPollux, startPollux } from './start/test-start'

// Real starts of the real thing. The first one builds when the build is stale.
const patience = 240_000

let dataDir: string
let started: StartedPollux[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pollux-start-'))
  started = []
})
afterEach(() => {
  for (const { child } of started) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

function start(env: Record<string, string>): StartedPollux {
  const pollux = startPollux({ POLLUX_DATA: dataDir, ...env })
  started.push(pollux)
  return pollux
}

async function serving(PORT: string): Promise<StartedPollux> {
  const pollux = start({ PORT })
  expect(await pollux.serving).toBe(`http://127.0.0.1:${PORT}`)
  await expect.poll(pollux.output).toMatch(/first admin here/)
  return pollux
}

async function refusal(env: Record<string, string>): Promise<string> {
  const pollux = start(env)
  expect(await pollux.ended).toBe(1)
  expect(pollux.output()).not.toMatch(/\n\s+at /)
  return pollux.output()
}

describe('a start', () => {
  it('serves, refuses a second one on its data, and ends in order', { timeout: patience }, async () => {
    const PORT = await freePort()
    const first = await serving(PORT)
    expect(first.output()).toMatch(new RegExp(`http://127.0.0.1:${PORT}/welcome#\\S{40,}`))
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    for (const name of ['pollux.db', 'sealing.key', 'running.json', 'running.lock'])
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600])
    const health = await fetch(`http://127.0.0.1:${PORT}/healthz`)
    expect(await health.json()).toMatchObject({ ok: true, store: 'ok', worker: 'running' })

    expect(await refusal({ PORT: await freePort() })).toMatch(
      new RegExp(`already runs on .*process ${first.child.pid}`),
    )

    const begun = Date.now()
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(Date.now() - begun).toBeLessThan(6_000)
    expect(existsSync(join(dataDir, 'running.json'))).toBe(false)
    expect(statSync(join(dataDir, 'pollux.db')).size).toBeGreaterThan(50_000)

    const key = readFileSync(join(dataDir, 'sealing.key'), 'utf8')
    const again = await serving(PORT)
    expect(readFileSync(join(dataDir, 'sealing.key'), 'utf8')).toBe(key)
    // As Ctrl-C comes under npm.
    again.child.kill('SIGINT')
    again.child.kill('SIGINT')
    expect(await again.ended).toBe(0)

    rmSync(join(dataDir, 'sealing.key'))
    expect(await refusal({ PORT })).toMatch(/holds data, but its sealing key .* is missing/)
    expect(existsSync(join(dataDir, 'sealing.key'))).toBe(false)
  })

  it('refuses a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const PORT = portOf(other)
    expect(await refusal({ PORT })).toMatch(new RegExp(`Port ${PORT} of 127.0.0.1 is in use`))
    other.close()
  })

  it('refuses a certificate that cannot be used, with a sentence', { timeout: patience }, async () => {
    const { dir, certFile, keyFile } = makePair()
    const other = makePair('other', { dir })
    const PORT = await freePort()
    const say = (POLLUX_TLS_CERT: string, POLLUX_TLS_KEY: string) => refusal({ PORT, POLLUX_TLS_CERT, POLLUX_TLS_KEY })
    expect(await say(certFile, other.keyFile)).toMatch(/^The private key .* does not belong to the certificate/m)
    expect(await say(certFile, join(dir, 'none.pem'))).toMatch(/can't be read \(there is no such file\)/)
    expect(existsSync(join(dataDir, 'pollux.db'))).toBe(false)
    const served = start({ PORT, POLLUX_TLS_CERT: certFile, POLLUX_TLS_KEY: keyFile })
    expect(await served.serving).toBe(`https://127.0.0.1:${PORT}`)
    rmSync(dir, { recursive: true })
  })

  it('refuses what cannot be, before it makes anything', async () => {
    expect(await refusal({ PORT: '70000' })).toMatch(/PORT must be/)
    expect(await refusal({ HOST: '0.0.0.0' })).toMatch(/POLLUX_INSECURE=1/)
    expect(await refusal({ HOST: '127.0.0.1', POLLUX_DATA: '/dev/null/data', PORT: await freePort() })).toMatch(
      /data folder/,
    )
  })
})
