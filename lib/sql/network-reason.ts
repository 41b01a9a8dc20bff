import type { FailureReason } from './failure'

/** What a Node error's code tells about a connection; null when it is none of these. */
export function networkReason(code: unknown, isConnected: boolean): FailureReason | null {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return 'no-answer'
    case 'ETIMEDOUT':
    case 'ECONNRESET':
    case 'EPIPE':
    case 'PROTOCOL_CONNECTION_LOST':
      return isConnected ? 'lost' : 'no-answer'
    default:
      return null
  }
}

/** The `code` of an error, or of the first of a bundle of them (several addresses of one name). */
export function codeOf(error: unknown): unknown {
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== undefined)
  return error instanceof Error && 'code' in error ? error.code : undefined
}
