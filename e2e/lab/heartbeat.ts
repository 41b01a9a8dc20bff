import { once } from 'node:events'
import type { LabHost } from './descriptor'
import { stayLoggedIn } from './ssh-client'
import { waitUntil } from './wait-until'

const BEAT_MS = 100

export interface Heartbeat {
  /** Ends it. Returns the longest time without an answer, in milliseconds, and how many beats were answered. */
  stop(): Promise<{ silenceMs: number; answered: number }>
}

/**
 * A login to a host by OpenSSH's client that is kept open and asked something ten times a second, which its `cat` answers.
 * Returns once the first answer came.
 */
export async function startHeartbeat(host: LabHost): Promise<Heartbeat> {
  const login = stayLoggedIn(host, 'cat')
  const closed = once(login, 'close')
  const seen = { last: 0, silenceMs: 0, answered: 0 }
  const note = () => {
    const now = performance.now()
    if (seen.last > 0) seen.silenceMs = Math.max(seen.silenceMs, now - seen.last)
    seen.last = now
  }
  login.stdout.on('data', (chunk: Buffer) => {
    note()
    seen.answered += chunk.length
  })
  login.stdin.on('error', () => undefined)
  const timer = setInterval(() => login.stdin.write('.'), BEAT_MS)
  await waitUntil(`${host.name} answers the first beat`, () => seen.answered > 0, 60)
  return {
    stop: async () => {
      clearInterval(timer)
      note()
      login.kill()
      await closed
      return { silenceMs: Math.round(seen.silenceMs), answered: seen.answered }
    },
  }
}
