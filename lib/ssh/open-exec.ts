import type { Client, ClientChannel } from 'ssh2'
import { connectionLost } from './command-failure'
import { connectionError } from './connection-error'
import type { Connections, Lease } from './connections'
import { openFailureReason } from './forward-tcp'
import type { SshTarget } from './types'

// After a cancel a host may take its time to close the channel, which counts towards its MaxSessions until then.
const slowCloseMs = 10_000

export interface OpenExec<T> {
  /** What `begin` gave. */
  begun: T
  /** Gives the place back, once the host closed the channel too. */
  release: () => void
}

export type Attempt<T> =
  | { state: 'open'; channel: ClientChannel; begun: T }
  /** The host opened no channel: the command line was never sent. */
  | { state: 'no-channel'; reason: number | null }
  | { state: 'refused' }

/**
 * Starts a command line on a channel of the host's connection; null when the signal came first. When the host opens no
 * channel, once more on a new connection; what was sent is never sent again.
 * @param begin is called as soon as the command runs, and must listen at once: its end may be in the same packet
 * @throws AppError `unreachable`, and what connecting throws
 */
export async function openExec<T>(
  connections: Connections,
  target: SshTarget,
  line: string,
  begin: (channel: ClientChannel) => T,
  signal: AbortSignal | undefined,
): Promise<OpenExec<T> | null> {
  for (let isRetry = false; ; isRetry = true) {
    const lease = await connections.lease(target, signal)
    if (lease === null) return null
    const attempt = await startExec(lease.client, line, begin)
    if (attempt.state === 'open') return { begun: attempt.begun, release: releaseWhenClosed(attempt.channel, lease) }
    const isShort = attempt.state === 'no-channel' && attempt.reason !== null && lease.others() > 0
    // A host that allows fewer sessions than we thought: wait for one of the others to end.
    if (isShort) lease.allowOnlyOthers()
    else if (attempt.state === 'no-channel') lease.drop()
    lease.release()
    if (isShort) {
      isRetry = false
      continue
    }
    if (attempt.state === 'refused') throw lease.isAlive() ? execRefused(target) : connectionLost(target, true)
    if (isRetry) throw attempt.reason === null ? connectionLost(target, false) : noSessions(target, attempt.reason)
  }
}

/** Opens a channel and sends a command line on it; `begin` as in `openExec`. */
export function startExec<T>(client: Client, line: string, begin: (channel: ClientChannel) => T): Promise<Attempt<T>> {
  return new Promise((resolve) => {
    let isOpen = false
    const options = {
      // ssh2 reads this when the channel is open, just before it sends the command: its errors do not tell the two apart.
      get env(): undefined {
        isOpen = true
        return undefined
      },
    }
    try {
      client.exec(line, options, (error, channel) => {
        if (error === undefined) resolve({ state: 'open', channel, begun: begin(channel) })
        else if (isOpen) resolve({ state: 'refused' })
        else resolve({ state: 'no-channel', reason: openFailureReason(error) })
      })
    } catch {
      // ssh2 throws when the stream is closed already.
      resolve({ state: 'no-channel', reason: null })
    }
  })
}

function releaseWhenClosed(channel: ClientChannel, lease: Lease): () => void {
  let isClosed = false
  channel.once('close', () => {
    isClosed = true
  })
  return () => {
    if (isClosed) return lease.release()
    const timer = setTimeout(lease.release, slowCloseMs)
    timer.unref()
    channel.once('close', () => {
      clearTimeout(timer)
      lease.release()
    })
  }
}

/** The error of a host that lets the user in and runs nothing. */
export function execRefused(target: SshTarget) {
  return connectionError(
    'unreachable',
    target,
    'shell',
    'expected the host to start a command, got a refusal',
    `${target.name} lets ${target.user} log in, but starts no commands. Lift the restriction from the user's key or from sshd_config.`,
  )
}

function noSessions(target: SshTarget, reason: number) {
  return connectionError(
    'unreachable',
    target,
    'shell',
    `expected a session channel, got refusal ${reason}`,
    `${target.name} lets ${target.user} log in, but opens no session. Set MaxSessions in its sshd_config to 10, or lift the restriction from the user.`,
  )
}
