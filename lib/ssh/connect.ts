import type { Duplex } from 'node:stream'
import type { AppError } from '@/lib/errors'
import { pinnedAlgorithms } from './algorithms'
import { connectionError, type Place } from './connection-error'
import { dial } from './dial'
import { forwardTcp } from './forward-tcp'
import { noPinnedKey } from './host-key'
import type { Limiter } from './limiter'
import { type Connection, logIn } from './log-in'
import type { SshTarget } from './types'

export interface ConnectSettings {
  /** Replaces the profile's own limit. */
  connectTimeoutMs?: number
  keepaliveMs: number
  handshakes: Limiter
}

/** Milliseconds for name, TCP, key exchange and login together: a NAS of 280 MHz needs half a minute for its part. */
export function connectTimeout(target: Pick<SshTarget, 'profile'>, settings: { connectTimeoutMs?: number }): number {
  return settings.connectTimeoutMs ?? (target.profile === 'legacy' ? 60_000 : 15_000)
}

/**
 * Reaches a host and logs in.
 * @param via the logged-in jump host, when the target has one
 * @throws AppError as `dial` and `logIn`; `invalid` when the target cannot be used as it is
 */
export async function connect(
  target: SshTarget,
  settings: ConnectSettings,
  via: Connection | null,
): Promise<Connection> {
  checkTarget(target)
  const timeoutMs = connectTimeout(target, settings)
  const started = performance.now()
  const stream = via === null ? await dial(target, timeoutMs) : await dialVia(via, target, timeoutMs)
  const elapsed = performance.now() - started
  // The socket is open now: hosts that do not answer hold no place here, and waiting in line costs no host its time.
  const release = await settings.handshakes.acquire()
  try {
    return await logIn(stream, target, Math.max(1000, timeoutMs - elapsed), settings.keepaliveMs)
  } finally {
    release?.()
  }
}

/** Refuses a target that no connection could be made for, before anything is sent. */
export function checkTarget(target: SshTarget): void {
  const seen = new Set<string>()
  for (let at: SshTarget | undefined = target; at !== undefined; at = at.jump) {
    if (seen.has(at.hostId)) throw jumpLoop(target, at)
    seen.add(at.hostId)
    if (at.hostKeys.length === 0) throw noPinnedKey(at)
    if (pinnedAlgorithms(at.profile, at.hostKeys).length === 0) throw pinnedKeyTooOld(at)
  }
}

function jumpLoop(target: SshTarget, twice: SshTarget): AppError {
  return connectionError(
    'invalid',
    target,
    'route',
    `expected a chain of different jump hosts, got ${twice.name} twice`,
    `The jump hosts of ${target.name} form a circle at ${twice.name}. Choose another jump host for one of them.`,
  )
}

function pinnedKeyTooOld(target: SshTarget): AppError {
  const types = target.hostKeys.map((key) => key.algorithm).join(', ')
  return connectionError(
    'invalid',
    target,
    'host-key',
    `expected a pinned key that the ${target.profile} profile may use, got ${types}`,
    `The confirmed host key of ${target.name} is of a type (${types}) that its profile does not allow. Look its keys up again, or choose the legacy profile.`,
  )
}

/** A TCP connection that the jump host makes. */
export async function dialVia(
  via: Connection,
  target: Place & Pick<SshTarget, 'jump'>,
  timeoutMs: number,
): Promise<Duplex> {
  const forward = await forwardTcp(via.client, { host: target.address, port: target.port }, timeoutMs)
  if (forward.state === 'open') return forward.stream
  const jump = target.jump?.name ?? 'the jump host'
  const where = `${target.address} port ${target.port}`
  const of = (message: string, sentence: string) =>
    connectionError('unreachable', target, 'route', message, sentence, { data: { reason: forward.state, jump } })
  switch (forward.state) {
    case 'prohibited':
      throw of(
        'expected the jump host to connect, got a prohibition',
        `${jump} does not let connections through. Set AllowTcpForwarding to yes in its sshd_config, or choose another jump host.`,
      )
    case 'failed':
      throw of(
        'expected the jump host to connect, got a failure',
        `${jump} cannot connect to ${where}. Check that the host is up, and that the address and port are right as seen from ${jump}.`,
      )
    case 'lost':
      throw of(
        'expected a live connection to the jump host, got a closed one',
        `The connection to ${jump} was lost. Try again.`,
      )
    default:
      throw of(
        `expected the jump host to connect within ${timeoutMs} ms, got no answer`,
        `${jump} gets no answer from ${where}. The host is down, the address is wrong as seen from ${jump}, or a firewall drops the packets.`,
      )
  }
}
