import { type ErrorCode, isAppError } from '@/lib/errors'

const statuses: Partial<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'stale-plan': 409,
  expired: 410,
  locked: 423,
  unreachable: 502,
  'host-key-changed': 502,
}

/** The HTTP status that says what was thrown (RFC 9110, RFC 4918, RFC 6585); 500 for what nobody expected. */
export function statusOf(error: unknown): number {
  if (!isAppError(error)) return 500
  if (error.code === 'locked' && 'retryAfterS' in error.data) return 429
  return statuses[error.code] ?? 500
}
