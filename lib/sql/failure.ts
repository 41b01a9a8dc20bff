import { AppError, type ErrorCode, isAppError } from '@/lib/errors'
import type { SqlPlace } from './types'

/** Every way in which a database fails us; drivers' codes are mapped to these. */
export type FailureReason =
  | 'wrong-password'
  | 'no-login'
  | 'no-database'
  | 'no-table'
  | 'no-permission'
  | 'read-only'
  | 'too-long'
  | 'cancelled'
  | 'ended'
  | 'lost'
  | 'refused'
  | 'no-answer'
  | 'link-local'
  | 'no-tls'
  | 'untrusted'
  | 'wrong-name'
  | 'tls-failed'
  | 'unavailable'
  | 'too-many'
  | 'too-much'
  | 'locked'
  | 'damaged'
  | 'no-file'
  | 'no-sqlite'
  | 'no-client'
  | 'other'

const codes: Partial<Record<FailureReason, ErrorCode>> = {
  'too-long': 'expired',
  cancelled: 'conflict',
  ended: 'unreachable',
  lost: 'unreachable',
  refused: 'unreachable',
  'no-answer': 'unreachable',
  unavailable: 'unreachable',
  'too-many': 'unreachable',
  locked: 'locked',
}

const mostSaid = 300

export interface FailureFacts {
  /** What the database or its client said. */
  said?: string
  /** The driver's code. */
  code?: string | number
  /** Of `too-long`. */
  timeoutMs?: number
  cause?: unknown
}

/** The error of a database: `invalid` where not told otherwise, `data.reason` says which it is. */
export function failure(reason: FailureReason, place: SqlPlace, facts: FailureFacts = {}): AppError {
  const said = (facts.said ?? '').trim().slice(0, mostSaid)
  return new AppError(codes[reason] ?? 'invalid', `${whereIs(place)}: ${reason}, got: ${said || 'nothing more'}`, {
    cause: facts.cause,
    userMessage: sentence(reason, place, said, facts.timeoutMs),
    data: { reason, code: facts.code },
  })
}

/** Which failure an error of this folder is; null for any other. */
export function reasonOf(error: unknown): unknown {
  return isAppError(error) ? (error.data['reason'] ?? null) : null
}

/** Where a database is, for a sentence. */
export function whereIs(place: SqlPlace): string {
  if (place.way === 'file') return place.path
  if (place.way === 'host-file') return `${place.path} on ${place.target.name}`
  const address = `${place.host} port ${place.port}`
  return place.way === 'direct' ? address : `${address}, seen from ${place.target.name}`
}

function sentence(reason: FailureReason, place: SqlPlace, said: string, timeoutMs = 0): string {
  const where = whereIs(place)
  const user = 'account' in place ? place.account.user : 'this login'
  const says = said === '' ? '' : ` It says: ${said.replace(/[.\s]+$/, '')}.`
  switch (reason) {
    case 'wrong-password':
      return `The database at ${where} refuses the login of ${user}: the password is wrong, or ${user} may not connect from there.`
    case 'no-login':
      return `The database at ${where} refuses the login of ${user}.${says}`
    case 'no-database':
      return `At ${where} there is no database "${'account' in place ? place.account.database : ''}", or ${user} may not use it.`
    case 'no-table':
      return `The database at ${where} lacks what was asked for.${says}`
    case 'no-permission':
      return `At ${where} ${user} may not read what was asked for.${says}`
    case 'read-only':
      return `The database at ${where} was asked to write, and Pollux only reads: nothing was written.`
    case 'too-long':
      return `The database at ${where} took longer than ${seconds(timeoutMs)}, so the question was ended.`
    case 'cancelled':
      return 'The question was cancelled.'
    case 'ended':
      return `Somebody ended the question at ${where}. Ask again.`
    case 'lost':
      return `The connection to the database at ${where} was lost in the middle. Ask again.`
    case 'refused':
      return `No database takes connections at ${where}. Check the address and port, and that it runs.`
    case 'no-answer':
      return `No database answers at ${where}.${says}`
    case 'link-local':
      return `Pollux asks no database at ${where}: that is a link-local or a cloud’s own address.`
    case 'no-tls':
      return `The database at ${where} offers no encryption, and this connection requires it: nothing was sent. Turn TLS on there, or choose "off" if the network in between is safe.`
    case 'untrusted':
      return `The certificate of the database at ${where} is not trusted, so no login was sent.${says} Paste the certificate of the authority that signed it, or choose not to check it.`
    case 'wrong-name':
      return `The certificate of the database at ${where} is for another name, so no login was sent.${says} Type an address that it names, or choose not to check it.`
    case 'tls-failed':
      return `The database at ${where} and Pollux cannot agree on an encryption.${says}`
    case 'unavailable':
      return `The database at ${where} is starting or shutting down. Try again in a moment.`
    case 'too-many':
      return `The database at ${where} takes no more connections now.${says}`
    case 'too-much':
      return `The answer of the database at ${where} is larger than Pollux takes. Ask for less.`
    case 'locked':
      return `The database at ${where} is locked by a writer. Try again in a moment.`
    case 'damaged':
      return `The database at ${where} is damaged.${says}`
    case 'no-file':
      return `There is no file ${where} that can be read.`
    case 'no-sqlite':
      return `The file ${where} is not an SQLite database.`
    case 'no-client':
      return `The database at ${where} cannot be asked: the program for that is not installed on the host.${says}`
    default:
      return `The database at ${where} did not answer the question.${says}`
  }
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms / 1000)} s`
}
