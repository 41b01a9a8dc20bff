import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Pollux of its own: started as a person would, with data of its own. */
export interface Pollux {
  url: string
  dataDir: string
  /** The one-time link that the first start printed. */
  signUpLink: string
  /** Ends it in order (SIGTERM) or at once (SIGKILL), and waits. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same data. */
  start(): Promise<void>
  /** All it wrote to its log so far. */
  log(): string
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

/** Starts Pollux with `npm start`'s own script on a free port of loopback. */
export async function startPollux(): Promise<Pollux> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pollux-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let log = ''
  let signUpLink = ''

  const start = async () => {
    const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), POLLUX_DATA: dataDir }
    const started = spawn(process.execPath, ['scripts/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    await new Promise<void>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        log += chunk.toString('utf8')
        signUpLink ||= /http:\/\/\S+\/welcome#\S+/.exec(log)?.[0] ?? ''
      }
      started.stdout?.on('data', (chunk: Buffer) => {
        listen(chunk)
        if (chunk.toString('utf8').includes(url)) resolve()
      })
      started.stderr?.on('data', listen)
      started.once('exit', (code) => reject(new Error(`Pollux ended with ${code} before it served:\n${log}`)))
    })
    await reachable(url)
  }

  const stop = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await ended
  }

  await start()
  return {
    url,
    dataDir,
    get signUpLink() {
      return signUpLink
    },
    start,
    stop,
    log: () => log,
    async remove() {
      await stop('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function reachable(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/healthz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error(`expected ${url}/healthz to answer within 30 s`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
