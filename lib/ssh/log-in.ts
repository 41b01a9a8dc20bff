import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import ssh2 from 'ssh2'
import { type AppError, isAppError } from '@/lib/errors'
import { offerFor, pinnedAlgorithms } from './algorithms'
import { loginMethods, passwordExpired } from './auth'
import { gatherWrites } from './gather-writes'
import { asPinnedKey, hostKeyChanged, isPinned } from './host-key'
import { explainFailure, type LoginProgress } from './login-failure'
import { watchGreeting } from './server-offer'
import type { SshTarget } from './types'

/** A logged-in connection. */
export interface Connection {
  client: ssh2.Client
  stream: Duplex
  /** How the server names itself: `SSH-2.0-OpenSSH_9.2p1 …`. */
  ident: string
}

/**
 * Speaks SSH on a stream up to the end of the login. The password leaves only after the server proved a pinned key:
 * ssh2 starts the login when the key exchange is through, and that ends at any other key.
 * @param timeoutMs for key exchange and login together
 * @throws AppError `unreachable` (stage `key-exchange` or `login`), `host-key-changed`, `forbidden`, `invalid`
 */
export function logIn(stream: Duplex, target: SshTarget, timeoutMs: number, keepaliveMs: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client()
    let isSettled = false
    const progress: LoginProgress = {
      greeting: watchGreeting(stream, () => fail()),
      isKeyExchanged: false,
      timeoutMs,
      isTimedOut: false,
      error: null,
    }
    const fail = (error?: AppError) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      hangUp({ client, stream })
      reject(error ?? explainFailure(target, progress))
    }
    const timer = setTimeout(() => {
      progress.isTimedOut = true
      fail()
    }, timeoutMs)

    client
      .on('handshake', () => {
        progress.isKeyExchanged = true
      })
      .on('error', (error) => {
        progress.error ??= error
        // After the login a broken protocol would leave the stream half open.
        if (isSettled) stream.destroy()
        fail()
      })
      .on('close', () => fail())
      .on('change password', () => fail(passwordExpired(target)))
      .on('ready', () => {
        if (isSettled) return
        isSettled = true
        clearTimeout(timer)
        resolve({ client, stream, ident: progress.greeting().ident ?? '' })
      })

    gatherWrites(stream)
    try {
      client.connect({
        sock: stream,
        username: target.user,
        authHandler: loginMethods(target, fail),
        hostVerifier: (blob: Buffer) => {
          if (isPinned(target, blob)) return true
          fail(hostKeyChanged(target, asPinnedKey(blob)))
          return false
        },
        algorithms: offerFor(target.profile, pinnedAlgorithms(target.profile, target.hostKeys)),
        // Our own timer knows more about why.
        readyTimeout: 0,
        keepaliveInterval: keepaliveMs,
        keepaliveCountMax: 3,
        agentForward: false,
      })
    } catch (error) {
      progress.error = error
      fail(isAppError(error) ? error : undefined)
    }
  })
}

/** Says goodbye and lets go of the stream, also when the other side does not answer. */
export function hangUp({ client, stream }: Pick<Connection, 'client' | 'stream'>): void {
  client.end()
  if (stream instanceof Socket) stream.destroySoon()
  else stream.destroy()
}
