import type { RawReading } from '@/lib/agent'
import type { PingSeen } from './pairs-seen'

/**
 * What `ping -c 1` came to (iputils and busybox alike): whether an answer came back, and after how many milliseconds.
 * Exit code 1 says that none came; another one that it could not ask, which is no answer either way. A packet that is longer
 * than the device takes, with -M do, is told at once as an error (EMSGSIZE) and then counts as not answered.
 */
export function parsePing(reading: RawReading): PingSeen {
  if (reading.state !== 'read' || reading.kind !== 'text') return { answers: null, ms: null }
  const { text, exitCode } = reading
  const received = /(\d+) (?:packets )?received/.exec(text)?.[1]
  if (received === undefined) return { answers: null, ms: null }
  if (received !== '0') return { answers: true, ms: Number(/ time[=<]([\d.]+)/.exec(text)?.[1] ?? Number.NaN) || null }
  return { answers: exitCode === 1 ? false : null, ms: null }
}
