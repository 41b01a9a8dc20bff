import { unwatchFile, watchFile } from 'node:fs'
import { onShutdown } from '@/lib/config/shutdown'
import { findSingle, replaceSingle } from '@/lib/config/single'
import { isAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { readTlsPair, type TlsPair } from './tls-pair'

/** What is served with, and what became of the last try to take a new pair. */
export interface TlsState {
  certFile: string
  keyFile: string
  pair: TlsPair
  takenAt: Date
  /** Why the pair that lies there now is not the one that is served; null where it is. */
  problem: { at: Date; sentence: string } | null
}

/** TLS 1.2 or newer (RFC 8996 retired the older ones), whatever Node's own options say. */
export const tlsOptions = { minVersion: 'TLSv1.2' } as const

const stateName = 'tls-state'

/** How the process serves TLS; undefined where it does not. */
export function tlsState(): TlsState | undefined {
  return findSingle<TlsState>(stateName)
}

/** Reads the pair of POLLUX_TLS_CERT and POLLUX_TLS_KEY for the first time; null where none is named. Throws as `readTlsPair`. */
export function loadTls(env: NodeJS.ProcessEnv = process.env): TlsState | null {
  const { POLLUX_TLS_CERT: certFile, POLLUX_TLS_KEY: keyFile } = env
  if (!certFile || !keyFile) return null
  const state: TlsState = {
    certFile,
    keyFile,
    pair: readTlsPair(certFile, keyFile),
    takenAt: new Date(),
    problem: null,
  }
  replaceSingle(stateName, state)
  return state
}

/**
 * Takes the pair anew when one of the files changes (what certbot writes is found within `everyMs`) and on SIGHUP. New
 * connections get it at once; a pair that is no good leaves the old one in use, and is told in the log and the settings.
 */
export function watchTls(state: TlsState, take: (pair: TlsPair) => void, everyMs = 10_000): void {
  const reload = () => reloadTls(state, take)
  for (const file of [state.certFile, state.keyFile]) watchFile(file, { interval: everyMs, persistent: false }, reload)
  process.on('SIGHUP', reload)
  onShutdown('intake', 'certificate', () => {
    for (const file of [state.certFile, state.keyFile]) unwatchFile(file, reload)
    process.off('SIGHUP', reload)
  })
}

/** One try to take what lies there now. */
export function reloadTls(state: TlsState, take: (pair: TlsPair) => void): void {
  try {
    const pair = readTlsPair(state.certFile, state.keyFile)
    const isNew = pair.cert !== state.pair.cert || pair.key !== state.pair.key
    if (isNew) take(pair)
    Object.assign(state, { pair, problem: null, ...(isNew ? { takenAt: new Date() } : {}) })
    log.info({ isNew, until: pair.validTo, fingerprint: pair.fingerprint }, 'the certificate was read again')
  } catch (error) {
    const sentence = (isAppError(error) && error.userMessage) || `The new pair is not taken (${error}).`
    state.problem = { at: new Date(), sentence }
    log.error({ err: error, until: state.pair.validTo }, 'the new certificate is not taken; the old one stays in use')
  }
}
