import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { servedOrigins } from '@/lib/auth/served-origins'
import { hasTrustedProxy, isServedSecurely, listenUrl } from '@/lib/config/listen'
import { tlsState } from './tls'

export interface Connection {
  /** Where the server itself listens. */
  listens: string
  /** From where a browser may send what changes something. */
  origins: readonly string[]
  /** Whether every browser comes over TLS. */
  isSecure: boolean
  /** The trusted proxies, as they were named; null where there are none. */
  proxies: string | null
  certificate: Certificate | null
}

export interface Certificate {
  file: string
  names: readonly string[]
  issuer: string
  validTo: Date
  fingerprint: string
  takenAt: Date
  /** Why the pair that lies there now is not in use. */
  problem: { at: Date; sentence: string } | null
}

/** How browsers reach this Pollux, and the certificate that it shows them. */
export function getConnection(ctx: Ctx): Connection {
  authorize(ctx, 'edit settings')
  return {
    listens: listenUrl(),
    origins: servedOrigins(),
    isSecure: isServedSecurely(),
    proxies: hasTrustedProxy() ? (process.env.POLLUX_TRUSTED_PROXY ?? '') : null,
    certificate: certificateOf(),
  }
}

function certificateOf(): Certificate | null {
  const state = tlsState()
  if (!state) return null
  const { names, issuer, validTo, fingerprint } = state.pair
  return { file: state.certFile, names, issuer, validTo, fingerprint, takenAt: state.takenAt, problem: state.problem }
}
