import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { refuseWhilePaused } from '@/lib/config/paused'
import { isAppError } from '@/lib/errors'
import { sshPool } from '@/lib/ssh'
import { canonicalIp, isOffLimits } from '@/lib/vantage/addresses'
import { failure } from './failure'
import { codeOf, networkReason } from './network-reason'
import type { ServerPlace } from './types'

export const connectTimeoutMs = 15_000

/**
 * A TCP connection to a database server, over the network or from the host that it is seen from. Throws AppError
 * `unreachable`, `conflict` (cancelled) and `locked` (paused), and what connecting to the host throws.
 */
export async function openStream(place: ServerPlace, signal?: AbortSignal): Promise<Duplex> {
  if (signal?.aborted) throw failure('cancelled', place)
  refuseWhilePaused()
  if (place.way === 'direct') return openSocket(place, signal)
  try {
    const stream = await sshPool().openTcp(place.target, { host: place.host, port: place.port }, { signal })
    // A channel stays half open when the server is gone; the drivers wait for its close.
    return stream.once('end', () => leaveStream(stream))
  } catch (error) {
    if (signal?.aborted) throw failure('cancelled', place, { cause: error })
    if (isAppError(error) && error.data['reason'] === 'refused') throw failure('refused', place, { cause: error })
    throw error
  }
}

/** Ends a connection now. One through SSH counts as open until all that came on it was taken, wanted or not. */
export function leaveStream(stream: Duplex): void {
  stream.destroy()
  stream.resume()
}

function openSocket(place: ServerPlace, signal?: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (leadsOffLimits(place.host)) return reject(failure('link-local', place))
    const socket = connect({ host: place.host, port: place.port, noDelay: true, keepAlive: true })
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(failure('no-answer', place)), connectTimeoutMs)
    const onAbort = () => fail(failure('cancelled', place))
    const onError = (error: Error) =>
      fail(failure(networkReason(codeOf(error), false) ?? 'no-answer', place, { said: error.message, cause: error }))
    signal?.addEventListener('abort', onAbort, { once: true })
    // A name can lead there, too.
    socket.on('lookup', (_error, address) => {
      if (leadsOffLimits(address ?? '')) fail(failure('link-local', place))
    })
    socket.once('error', onError).once('connect', () => {
      socket.off('error', onError)
      resolve(socket)
    })
    socket.once('connect', settle).once('close', settle)
    function settle() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  })
}

/** Whether an address, in whatever spelling, is one that the dashboard connects to for nobody; false for a name. */
function leadsOffLimits(address: string): boolean {
  const ip = canonicalIp(address)
  return ip !== null && isOffLimits(ip)
}
