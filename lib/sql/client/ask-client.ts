import { type CommandResult, failedCommand, sshPool } from '@/lib/ssh'
import type { AskLimits } from '../connection'
import { type FailureReason, failure } from '../failure'
import type { ClientPlace } from '../types'
import { withinTime } from '../within-time'

const mostBytes = 64 * 1024 * 1024
const mostHead = 4096
// The question's own time ends it; this is for a client that hangs.
const slackMs = 30_000

/** What a script ends with when there is no such program. */
export const noProgram = 127

/** How one database's client tells what went wrong. */
export type ReadReason = (ended: {
  stderr: string
  /** Whether it had printed something of an answer. */
  hasBegun: boolean
}) => { reason: FailureReason; code?: string | number }

export interface ClientQuestion extends AskLimits {
  graceMs: number
  script: string
  readReason: ReadReason
  /** Has the server end the question, once what was printed so far tells which; null while it does not. */
  endOf(printed: string): (() => Promise<void>) | null
}

/** Runs a client on the host, and has the server end its question when it is cancelled or late. Gives what it printed. */
export async function askClient(place: ClientPlace, question: ClientQuestion): Promise<string> {
  if (question.signal?.aborted) throw failure('cancelled', place)
  const { script, timeoutMs, graceMs, signal } = question
  const leaving = new AbortController()
  let head = ''
  const run = sshPool().script(place.target, script, {
    timeoutMs: timeoutMs + graceMs + slackMs,
    signal: leaving.signal,
    maxBytes: mostBytes,
    onStdout: (chunk) => {
      if (head.length < mostHead) head += chunk.toString('latin1')
    },
  })
  const answer = run.then((result) => read(result, place, question))
  const cut = () => leaving.abort()
  const end = async () => {
    const onServer = question.endOf(head)
    // A server notices only when it wants to answer that nobody is there: it is told before the client goes.
    await onServer?.()
    if (!onServer) cut()
  }
  return withinTime(answer, place, { timeoutMs, graceMs, signal, end, cut })
}

function read(result: CommandResult, place: ClientPlace, { readReason, timeoutMs }: ClientQuestion): string {
  if (result.truncated) throw failure('too-much', place)
  if (result.timedOut) throw failure('too-long', place, { timeoutMs })
  if (result.canceled) throw failure('cancelled', place)
  if (result.exitCode === 0) return result.stdout.toString('utf8')
  const said = result.stderr
  if (result.exitCode === noProgram) throw failure('no-client', place, { said })
  const { reason, code } = readReason({ stderr: said, hasBegun: result.stdout.length > 0 })
  throw failure(reason, place, { said, code, cause: failedCommand(place.target, [place.dialect], result) })
}
