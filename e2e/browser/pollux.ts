import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type StartedPollux, startPollux as startByScript } from '@/scripts/start/test-start'

/** A Pollux of its own: started as a person would, with data of its own. */
export interface Pollux {
  url: string
  /** Where it listens, also behind a proxy. */
  port: string
  dataDir: string
  /** The one-time link that the first start printed. */
  signUpLink: string
  /** Ends it in order (SIGTERM) or at once (SIGKILL), and waits. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same data. */
  start(): Promise<void>
  /** The process that serves now. */
  pid(): number
  /** All it wrote so far, over all its starts. */
  log(): string
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

/** A folder for the data of one test file, which `remove` removes. */
export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'pollux-e2e-'))
}

/** Starts Pollux with the start script on a free port of loopback. `settings` go beside its own. There must be no user in its data yet. */
export async function startPollux(dataDir = makeDataDir(), settings: Record<string, string> = {}): Promise<Pollux> {
  const port = await freePort()
  const launch = () => startByScript({ ...settings, HOST: '127.0.0.1', PORT: port, POLLUX_DATA: dataDir })
  const runs: StartedPollux[] = [launch()]
  const stop = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const last = runs.at(-1)
    last?.child.kill(signal)
    await last?.ended
  }
  return {
    url: (await runs[0]?.serving) ?? '',
    port,
    dataDir,
    signUpLink: (await runs[0]?.signUpLink) ?? '',
    stop,
    async start() {
      const next = launch()
      runs.push(next)
      await next.serving
    },
    pid: () => runs.at(-1)?.child.pid ?? 0,
    log: () => runs.map((run) => run.output()).join(''),
    async remove() {
      await stop('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
