import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'

/** How an attempt to let a host connect somewhere ended. */
export type Forward =
  | { state: 'open'; stream: Duplex }
  /** Its sshd lets no connections through. */
  | { state: 'prohibited' }
  /** It tried and did not get there; `said` is its own word for it, such as "Connection refused". */
  | { state: 'failed'; said: string }
  | { state: 'no-answer' }
  /** The connection to the host is gone: nothing was tried. */
  | { state: 'lost' }
  /** The signal came first. */
  | { state: 'stopped' }

/** A TCP connection that a host makes, over the connection to it (RFC 4254, 7.2). Never throws. */
export function forwardTcp(
  client: Client,
  place: { host: string; port: number },
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Forward> {
  return new Promise((resolve) => {
    let isSettled = false
    const settle = (forward: Forward) => {
      isSettled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      resolve(forward)
    }
    const stop = () => settle({ state: 'stopped' })
    const timer = setTimeout(() => settle({ state: 'no-answer' }), timeoutMs)
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      client.forwardOut('127.0.0.1', 0, place.host, place.port, (error, stream) => {
        if (error !== undefined) return settle(readRefusal(error))
        // Nobody waits for it any more.
        if (isSettled) return void stream.destroy()
        settle({ state: 'open', stream })
      })
    } catch {
      // ssh2 throws when the connection is closed already.
      settle({ state: 'lost' })
    }
  })
}

function readRefusal(error: Error): Forward {
  const reason = openFailureReason(error)
  if (reason === null) return { state: 'lost' }
  // RFC 4254, 5.1: 1 administratively prohibited, 2 connect failed.
  if (reason === 1) return { state: 'prohibited' }
  return { state: 'failed', said: error.message.replace(/^.*Channel open failure: /, '').slice(0, 200) }
}

/** Why a server refused to open a channel (RFC 4254, 5.1); null when it did not refuse but went away. */
export function openFailureReason(error: Error): number | null {
  return 'reason' in error && typeof error.reason === 'number' ? error.reason : null
}
