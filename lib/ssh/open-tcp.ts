import type { Duplex } from 'node:stream'
import { AppError } from '@/lib/errors'
import { connectionLost } from './command-failure'
import type { Connections, Lease } from './connections'
import { type Forward, forwardTcp } from './forward-tcp'
import type { SshTarget, TcpOptions, TcpPlace } from './types'

const defaultTimeoutMs = 15_000
// A host may take its time to close its end; the connection works on meanwhile, it only counts no more.
const slowCloseMs = 10_000

/**
 * Opens a TCP connection that starts on the host, once more over a new connection when the kept one was gone.
 * @throws AppError `unreachable`, see `SshPool.openTcp`, and what connecting to the host throws
 */
export async function openTcp(
  connections: Connections,
  target: SshTarget,
  place: TcpPlace,
  { timeoutMs = defaultTimeoutMs, signal }: TcpOptions,
): Promise<Duplex> {
  for (let isRetry = false; ; isRetry = true) {
    const lease = await connections.lease(target, signal)
    const forward: Forward =
      lease === null ? { state: 'stopped' } : await forwardTcp(lease.client, place, timeoutMs, signal)
    if (lease !== null && forward.state === 'open') return countUntilClosed(forward.stream, lease)
    if (forward.state === 'lost') lease?.drop()
    lease?.release()
    if (forward.state !== 'lost' || isRetry) throw failureOf(target, place, forward, timeoutMs)
  }
}

function countUntilClosed(stream: Duplex, lease: Lease): Duplex {
  stream.once('close', lease.release)
  stream.once('finish', () => setTimeout(lease.release, slowCloseMs).unref())
  return stream
}

function failureOf(target: SshTarget, place: TcpPlace, forward: Forward, timeoutMs: number): AppError {
  const where = `${place.host} port ${place.port}`
  // Without `stage`: the host itself was reached, so this tells nothing about it.
  const of = (reason: string, sentence: string) =>
    new AppError('unreachable', `${target.name}: expected a TCP connection to ${where}, got ${reason}`, {
      userMessage: sentence,
      data: { reason, hostId: target.hostId, host: target.name, place: where },
    })
  switch (forward.state) {
    case 'prohibited':
      return of(
        'prohibited',
        `${target.name} lets no connections through, so nothing at ${where} can be seen from it. Its sshd_config has AllowTcpForwarding no (or PermitOpen) for this login.`,
      )
    case 'failed':
      // OpenSSH passes strerror(3) of the C locale on; RFC 4254 has no code for it.
      return of(
        forward.said === 'Connection refused' ? 'refused' : 'failed',
        `${target.name} cannot connect to ${where}: ${forward.said}.`,
      )
    case 'no-answer':
      return of('no-answer', `${target.name} gets no answer from ${where} within ${Math.round(timeoutMs / 1000)} s.`)
    case 'stopped':
      return of('stopped', `The connection from ${target.name} to ${where} was given up before it was there.`)
    default:
      return connectionLost(target, false)
  }
}
