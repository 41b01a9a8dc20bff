import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// Real starts of the real thing. The first one builds when the build is stale.
const patience = 240_000

type Start = ChildProcessByStdio<null, Readable, Readable> & { output: string }

let dataDir: string
let started: Start[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pollux-start-'))
  started = []
})
afterEach(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

function start(env: Record<string, string> = {}, ...words: string[]): Start {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...words], {
    env: { ...process.env, VITEST: '', POLLUX_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const start = Object.assign(child, { output: '' })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      start.output += chunk
    })
  started.push(start)
  return start
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return String(typeof address === 'object' ? address?.port : '')
}

async function serving(PORT: string): Promise<Start> {
  const child = start({ PORT })
  await expect.poll(() => child.output, { timeout: patience }).toMatch(/first admin here/)
  return child
}

async function refusal(env: Record<string, string>): Promise<string> {
  const child = start(env)
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  expect(child.output).not.toMatch(/\n\s+at /)
  return child.output
}

describe('a start', () => {
  it('serves, refuses a second one on its data, and ends in order', { timeout: patience }, async () => {
    const PORT = await freePort()
    const first = await serving(PORT)
    expect(first.output).toMatch(new RegExp(`http://127.0.0.1:${PORT}/welcome#\\S{40,}`))
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    for (const name of ['pollux.db', 'sealing.key', 'running.json', 'running.lock'])
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600])
    const health = await fetch(`http://127.0.0.1:${PORT}/healthz`)
    expect(await health.json()).toMatchObject({ ok: true, store: 'ok', worker: 'running' })

    expect(await refusal({ PORT: await freePort() })).toMatch(new RegExp(`already runs on .*process ${first.pid}`))

    const begun = Date.now()
    first.kill('SIGTERM')
    expect(await once(first, 'close')).toEqual([0, null])
    expect(Date.now() - begun).toBeLessThan(6_000)
    expect(existsSync(join(dataDir, 'running.json'))).toBe(false)
    expect(statSync(join(dataDir, 'pollux.db')).size).toBeGreaterThan(50_000)

    const key = readFileSync(join(dataDir, 'sealing.key'), 'utf8')
    const again = await serving(PORT)
    expect(readFileSync(join(dataDir, 'sealing.key'), 'utf8')).toBe(key)
    again.kill('SIGINT')
    expect(await once(again, 'close')).toEqual([0, null])

    rmSync(join(dataDir, 'sealing.key'))
    expect(await refusal({ PORT })).toMatch(/holds data, but its sealing key .* is missing/)
    expect(existsSync(join(dataDir, 'sealing.key'))).toBe(false)
  })

  it('refuses a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const PORT = String(typeof address === 'object' ? address?.port : '')
    expect(await refusal({ PORT })).toMatch(new RegExp(`Port ${PORT} of 127.0.0.1 is in use`))
    other.close()
  })

  it('refuses what cannot be, before it makes anything', async () => {
    expect(await refusal({ PORT: '70000' })).toMatch(/PORT must be/)
    expect(await refusal({ HOST: '0.0.0.0' })).toMatch(/POLLUX_INSECURE=1/)
    expect(await refusal({ HOST: '127.0.0.1', POLLUX_DATA: '/dev/null/data', PORT: await freePort() })).toMatch(
      /data folder/,
    )
  })
})
