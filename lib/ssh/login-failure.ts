import type { AppError } from '@/lib/errors'
import { connectionError, ssh2Level } from './connection-error'
import { hostKeyGone } from './host-key'
import { type Greeting, missingAlgorithms, type ServerOffer } from './server-offer'
import type { SshTarget } from './types'

/** The host of a failed login; without pinned keys when only its keys are looked up. */
export type LoginPlace = Pick<SshTarget, 'hostId' | 'name' | 'address' | 'port' | 'user' | 'profile' | 'hostKeys'>

/** What is known about a login that did not succeed. */
export interface LoginProgress {
  greeting: () => Greeting
  isKeyExchanged: boolean
  isTimedOut: boolean
  timeoutMs: number
  /** The first error that ssh2 gave, if any. */
  error: unknown
}

/** Names the step at which a login failed and why, from what was seen on the wire. */
export function explainFailure(target: LoginPlace, progress: LoginProgress): AppError {
  if (progress.isKeyExchanged) return loginBrokeOff(target, progress)
  const greeting = progress.greeting()
  const where = `${target.address} port ${target.port}`
  const seconds = Math.round(progress.timeoutMs / 1000)
  const of = (message: string, sentence: string, data: Record<string, unknown> = {}) =>
    connectionError('unreachable', target, 'key-exchange', message, sentence, {
      cause: progress.error ?? undefined,
      data: { ...data, ident: greeting.ident, timedOut: progress.isTimedOut },
    })

  if (greeting.kind === 'other') {
    return of(
      'expected an SSH identification, got something else',
      `What answers at ${where} is not an SSH server. Correct the port or the address.`,
    )
  }
  if (greeting.kind === 'silent' && progress.isTimedOut) {
    return of(
      `expected an SSH identification within ${progress.timeoutMs} ms, got silence`,
      `${where} accepts connections but says nothing for ${seconds} s. The SSH server hangs, the host is overloaded, or something else listens there.`,
    )
  }
  if (greeting.kind === 'silent') {
    return of(
      'expected an SSH identification, got the end of the connection',
      `${where} ends the connection before it says anything. It may have banned this machine (fail2ban, hosts.deny), or have too many logins under way (MaxStartups): look into its log.`,
    )
  }
  if (greeting.offer !== null) {
    const mismatch = noCommonAlgorithm(target, greeting.offer, of)
    if (mismatch !== null) return mismatch
  }
  return of(
    `expected a key exchange, got ${progress.isTimedOut ? 'no answer in time' : whatBroke(progress.error)}`,
    progress.isTimedOut
      ? `${target.name} began the key exchange and did not finish it within ${seconds} s. The host is overloaded, or the network loses large packets (check the MTU).`
      : `The key exchange with ${target.name} broke off. Its SSH server's log tells why.`,
  )
}

/** null when both sides have something in common for every kind of algorithm. */
function noCommonAlgorithm(
  target: LoginPlace,
  offer: ServerOffer,
  of: (message: string, sentence: string, data: Record<string, unknown>) => AppError,
): AppError | null {
  const missing = missingAlgorithms(target.profile, offer)
  const lists = missing.map(({ kind, offered }) => `${kind}: ${offered.join(', ')}`).join('; ')
  if (missing.length === 0) {
    if (target.hostKeys.length === 0) return null
    const hasPinned = target.hostKeys.some((key) => offersKey(offer, key.algorithm))
    return hasPinned ? null : hostKeyGone(target, offer.serverHostKey)
  }
  const wouldLegacyDo = target.profile === 'modern' && missingAlgorithms('legacy', offer).length === 0
  return of(
    `expected common algorithms, got only ${lists}`,
    wouldLegacyDo
      ? `${target.name} speaks only old algorithms (${lists}). Update its SSH server, or choose the legacy profile for this host: it lets weaker algorithms in, for this host alone.`
      : `${target.name} speaks no algorithm that Pollux knows (${lists}). Update its SSH server.`,
    { missing, suggestedProfile: wouldLegacyDo ? 'legacy' : null },
  )
}

function offersKey(offer: ServerOffer, type: string): boolean {
  const names = type === 'ssh-rsa' ? ['ssh-rsa', 'rsa-sha2-256', 'rsa-sha2-512'] : [type]
  return names.some((name) => offer.serverHostKey.includes(name))
}

function loginBrokeOff(target: LoginPlace, progress: LoginProgress): AppError {
  const seconds = Math.round(progress.timeoutMs / 1000)
  return connectionError(
    'unreachable',
    target,
    'login',
    `expected the end of the login, got ${progress.isTimedOut ? 'no answer in time' : whatBroke(progress.error)}`,
    progress.isTimedOut
      ? `${target.name} did not finish the login of ${target.user} within ${seconds} s. Its name look-ups (UseDNS, resolv.conf) or its login modules (PAM) may hang.`
      : `${target.name} broke off the login of ${target.user}. The user may be shut out (AllowUsers, DenyUsers, an expired account): look into its log.`,
    { cause: progress.error ?? undefined, data: { timedOut: progress.isTimedOut } },
  )
}

function whatBroke(error: unknown): string {
  const level = ssh2Level(error)
  return level === null ? 'the end of the connection' : `an error of level ${level}`
}
