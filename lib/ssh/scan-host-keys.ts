import ssh2, { type ServerHostKeyAlgorithm } from 'ssh2'
import { hostKeyAlgorithms, keyTypeOf, offerFor, profileLists } from './algorithms'
import { connectTimeout, dialVia } from './connect'
import { dial } from './dial'
import { closeChain, openFreshChain, soloSettings } from './fresh-chain'
import { asPinnedKey } from './host-key'
import { type Connection, hangUp } from './log-in'
import { explainFailure, type LoginPlace, type LoginProgress } from './login-failure'
import { watchGreeting } from './server-offer'
import type { PinnedKey, ScanRequest, SshTarget } from './types'

/**
 * Asks a host for its keys: one key exchange per type that it offers, each ended before any login, so that no secret
 * leaves. The server proves each key by its signature.
 * @returns every key, ed25519 first
 * @throws AppError `unreachable` as connecting does; what logging in to the jump host throws
 */
export function scanHostKeys({ address, port, profile, jump, timeoutMs }: ScanRequest): Promise<PinnedKey[]> {
  const place = { hostId: '', name: address, user: '', hostKeys: [], address, port, profile }
  return scanPlace(place, jump, timeoutMs)
}

/** As `scanHostKeys`, for a host that has a name and an id, which the errors then carry. */
export async function scanPlace(place: LoginPlace, jump?: SshTarget, limitMs?: number): Promise<PinnedKey[]> {
  const timeoutMs = connectTimeout(place, { connectTimeoutMs: limitMs })
  const chain = jump === undefined ? [] : await openFreshChain(jump, soloSettings(timeoutMs))
  try {
    return await scanVia(chain.at(-1) ?? null, { ...place, jump, hostKeys: [] }, timeoutMs)
  } finally {
    closeChain(chain)
  }
}

type ScanPlace = LoginPlace & Pick<SshTarget, 'jump'>

/** As `scanHostKeys`, through a jump host that is logged in to already. */
async function scanVia(via: Connection | null, target: ScanPlace, timeoutMs: number): Promise<PinnedKey[]> {
  const all = profileLists(target.profile).serverHostKey
  const first = await showKey(via, target, all, timeoutMs)
  const offered = new Set(first.offered.map(keyTypeOf))
  offered.delete(first.key.algorithm)
  const keys = [first.key]
  // One after the other: some servers shut out whoever opens several connections at a time.
  for (const type of new Set(all.map(keyTypeOf).filter((name) => offered.has(name)))) {
    const { key } = await showKey(via, target, hostKeyAlgorithms(target.profile, new Set([type])), timeoutMs)
    keys.push(key)
  }
  return keys
}

/** One key exchange that asks for one of these algorithms. */
async function showKey(
  via: Connection | null,
  target: ScanPlace,
  algorithms: ServerHostKeyAlgorithm[],
  timeoutMs: number,
): Promise<{ key: PinnedKey; offered: readonly string[] }> {
  const stream = via === null ? await dial(target, timeoutMs) : await dialVia(via, target, timeoutMs)
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client()
    let shown: Buffer | null = null
    const progress: LoginProgress = {
      greeting: watchGreeting(stream, () => finish()),
      isKeyExchanged: false,
      isTimedOut: false,
      timeoutMs,
      error: null,
    }
    let isSettled = false
    const finish = () => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      hangUp({ client, stream })
      if (progress.isKeyExchanged && shown !== null) {
        resolve({ key: asPinnedKey(shown), offered: progress.greeting().offer?.serverHostKey ?? [] })
      } else reject(explainFailure(target, progress))
    }
    const timer = setTimeout(() => {
      progress.isTimedOut = true
      finish()
    }, timeoutMs)
    client
      // After the server's signature was checked and before the login begins.
      .on('handshake', () => {
        progress.isKeyExchanged = true
        finish()
      })
      .on('error', (error) => {
        progress.error ??= error
        finish()
      })
      .on('close', finish)
    client.connect({
      sock: stream,
      username: 'nobody',
      // Never called; there is no credential in this connection at all.
      authHandler: [],
      hostVerifier: (blob: Buffer) => {
        shown = Buffer.from(blob)
        return true
      },
      algorithms: offerFor(target.profile, algorithms),
      readyTimeout: 0,
    })
  })
}
