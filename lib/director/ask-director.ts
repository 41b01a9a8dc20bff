import { AppError } from '@/lib/errors'
import { withHost } from '@/lib/inventory/with-host'
import { type CommandResult, sshPool } from '@/lib/ssh'
import { consoleScript, noFile, noProgram, timedOut } from './console-script'
import { type ConsoleAnswers, splitAnswers } from './split-answers'

export interface AskDirectorOptions {
  signal?: AbortSignal
  /** Seconds for the whole conversation. Default 15. */
  timeoutS?: number
  /** The file that bconsole is given first; else those of `consoleFiles`. */
  consoleConfig?: string | null
}

/**
 * One conversation with the director through bconsole on its host, as root where the login can. The lines must be fixed
 * text, or hold names that a list of the director's own gave and that are quoted. Throws `unreachable` when the host or
 * the director did not answer, `conflict` where there is no bconsole, `forbidden` when the director refused the console.
 */
export async function askDirector(
  hostId: string,
  lines: readonly string[],
  { signal, timeoutS = 15, consoleConfig = null }: AskDirectorOptions = {},
): Promise<ConsoleAnswers> {
  if (lines.some((line) => /[\0\n\r]/.test(line)))
    throw new AppError('internal', 'expected lines for bconsole, got a line end within one')
  return withHost(hostId, async (target) => {
    const result = await sshPool().script(target, consoleScript(lines, timeoutS, consoleConfig), {
      signal,
      timeoutMs: (timeoutS + 5) * 1000,
      privileged: target.privilege !== 'none',
    })
    return understood(result, lines, target.name)
  })
}

function understood(result: CommandResult, lines: readonly string[], host: string): ConsoleAnswers {
  if (result.canceled) throw new AppError('conflict', `expected bconsole's answer on ${host}, was cancelled`)
  const output = result.stdout.toString('utf8')
  const said = splitAnswers(output, lines)
  // What was answered before a later question took too long is still an answer.
  if (said?.answers.some((answer) => answer !== null)) return said
  throw failure(result, output, host)
}

function failure({ exitCode, timedOut: isLate }: CommandResult, output: string, host: string): AppError {
  const seen = `exit ${exitCode ?? 'none'}: ${output.slice(0, 300)}`
  if (exitCode === noProgram)
    return new AppError('conflict', `expected bconsole on ${host}, got ${seen}`, {
      userMessage: `${host} has no bconsole. Install it there (Debian: bacula-console).`,
    })
  if (exitCode === noFile)
    return new AppError('conflict', `expected a configuration of bconsole on ${host}, got ${seen}`, {
      userMessage: `No configuration of bconsole on ${host} can be read. The login needs root or full sudo there.`,
    })
  if (/authorization problem|Permission denied|not have permission/i.test(output))
    return new AppError('forbidden', `expected the director to let the console in on ${host}, got ${seen}`, {
      userMessage: `The director on ${host} refused its console: the passwords of bconsole’s and the director’s configuration differ.`,
    })
  const why = exitCode === timedOut || isLate ? 'did not answer in time' : 'does not answer'
  return new AppError('unreachable', `expected an answer of the director on ${host}, got ${seen}`, {
    userMessage: `The director on ${host} ${why}. Its service may be stopped.`,
  })
}
