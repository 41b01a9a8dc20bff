import { AppError, type ErrorCode } from '@/lib/errors'
import type { ConnectionStage, SshTarget } from './types'

/** What `data` of every error of this folder holds about a host that could not be used. */
export interface ConnectionFailure {
  /** Which step failed; `command` when the connection was lost under a command that had been sent. */
  stage: ConnectionStage | 'command'
  hostId: string
  host: string
  [fact: string]: unknown
}

/** Where a connection goes, for errors. */
export type Place = Pick<SshTarget, 'hostId' | 'name' | 'address' | 'port'>

/**
 * The error of a host that could not be reached or refused.
 * @param message for the log: expected X, got Y
 * @param userMessage what is wrong and what to do
 */
export function connectionError(
  code: ErrorCode,
  target: Place,
  stage: ConnectionFailure['stage'],
  message: string,
  userMessage: string,
  more: { data?: Record<string, unknown>; cause?: unknown } = {},
): AppError {
  const data: ConnectionFailure = { ...more.data, stage, hostId: target.hostId, host: target.name }
  return new AppError(code, `${target.name} (${target.address} port ${target.port}): ${message}`, {
    cause: more.cause,
    userMessage,
    data,
  })
}

/** The `code` of a Node error, or of the first of a bundle of them (several addresses of one name). */
export function systemCode(error: unknown): string | null {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(systemCode)
    // One address that answers with a refusal tells more than one that does not answer.
    return codes.find((code) => code === 'ECONNREFUSED') ?? codes.find((code) => code !== null) ?? null
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return error.code
}

/** The `level` by which ssh2 tells its errors apart. */
export function ssh2Level(error: unknown): string | null {
  if (!(error instanceof Error) || !('level' in error) || typeof error.level !== 'string') return null
  return error.level
}
