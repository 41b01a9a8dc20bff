/** Every way in which Pollux fails. Closed: one adapter (`to-screen.ts`) turns each into what the user sees. */
export const errorCodes = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'stale-plan',
  'expired',
  'locked',
  'unreachable',
  'host-key-changed',
  'apply-failed',
  'verify-failed',
  'reverted',
  'undo-failed',
  'split',
  'outcome-unknown',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export interface ErrorOptions {
  cause?: unknown
  /** A sentence for the screen: what is wrong and what to do. Without it the screen shows a generic one with the log's id. */
  userMessage?: string
  /** Facts about the failure, for the screen and the log. Never a secret. */
  data?: Record<string, unknown>
  /** Messages per form field, by the field's path. */
  fields?: Record<string, string>
}

/** The one error class. `message` is for the log, `userMessage` for the person. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly userMessage: string | undefined
  readonly data: Record<string, unknown>
  readonly fields: Record<string, string> | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.userMessage = options.userMessage
    this.data = options.data ?? {}
    this.fields = options.fields
  }
}

// Next gives each bundle its own copy of this class, so `instanceof` is not enough.
/** Tells whether a thrown value is an AppError, also one made by another copy of this module. */
export function isAppError(value: unknown): value is AppError {
  return (
    value instanceof Error &&
    value.name === 'AppError' &&
    'code' in value &&
    errorCodes.some((code) => code === value.code)
  )
}
