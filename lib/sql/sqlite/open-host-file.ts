import { failedCommand, shellQuote, sshPool } from '@/lib/ssh'
import type { AskLimits } from '../connection'
import { failure } from '../failure'
import type { SqlPlace } from '../types'
import { sqliteReason } from './reason'
import { type SqliteSource, throughCells } from './sqlite-connection'

type HostFilePlace = Extract<SqlPlace, { way: 'host-file' }>

const mostBytes = 128 * 1024 * 1024
const openLimits: AskLimits = { timeoutMs: 15_000 }
/** What the script ends with when there is no such program, and when there is no such file. */
const noProgram = 127
const noFile = 66

/**
 * A file on a host, asked by its `sqlite3 -readonly`; as root only where the login cannot read it. Throws AppError `invalid`
 * when the file or the program is not there, and what reaching the host throws.
 */
export async function openHostFile(place: HostFilePlace, signal?: AbortSignal): Promise<SqliteSource> {
  const { target } = place
  let isPrivileged = false
  const path = shellQuote(place.path)

  async function run(script: string, { timeoutMs, signal: cancel }: AskLimits) {
    const options = { timeoutMs, signal: cancel, privileged: isPrivileged, maxBytes: mostBytes }
    const result = await sshPool().script(target, script, options)
    if (result.canceled) throw failure('cancelled', place)
    if (result.timedOut) throw failure('too-long', place, { timeoutMs })
    if (result.truncated) throw failure('too-much', place)
    return result
  }

  /** Gives what sqlite3 prints for a statement, with settings before it. */
  async function ask(settings: readonly string[], text: string, limits: AskLimits): Promise<string> {
    const mark = 'POLLUX_END_OF_QUESTION'
    const lines = ['.bail on', '.timeout 5000', '.mode list', 'PRAGMA trusted_schema = 0;', ...settings, `${text}\n;`]
    const script = `exec sqlite3 -readonly -batch -init /dev/null ${path} <<'${mark}'\n${lines.join('\n')}\n${mark}\n`
    const result = await run(script, limits)
    // Older ones print errors of statements and still end well.
    if (result.exitCode === 0 && result.stderr === '') return result.stdout.toString('utf8')
    if (result.exitCode === noProgram) throw failure('no-client', place, { said: result.stderr })
    const code = /\((\d+)\)\s*$/.exec(result.stderr)?.[1]
    const reason = code === undefined ? 'other' : sqliteReason(Number(code))
    throw failure(reason, place, { said: result.stderr, code, cause: failedCommand(target, ['sqlite3'], result) })
  }

  async function begin(): Promise<string> {
    const script = `[ -f ${path} ] && [ -r ${path} ] || exit ${noFile}\nexec sqlite3 -version\n`
    const tries = target.privilege === 'none' ? [false] : [false, true]
    for (const withRoot of tries) {
      isPrivileged = withRoot
      const result = await run(script, { ...openLimits, signal })
      if (result.exitCode === 0) return result.stdout.toString('utf8').split(' ')[0] ?? ''
      if (result.exitCode !== noFile) throw failure('no-client', place, { said: result.stderr })
    }
    throw failure('no-file', place)
  }

  return {
    server: await begin(),
    isUsable: () => true,
    async columns(text, limits) {
      // A row of nothing has headers, and the question itself is not run.
      const headers = `SELECT q.* FROM (SELECT 1) LEFT JOIN (${throughCells(text, ['*'])} LIMIT 0) AS q`
      const printed = await ask(['.headers on', '.separator "\\037" "\\036"'], headers, limits)
      return (printed.split('\x1e')[0] ?? '').split('\x1f')
    },
    async rows(text, cells, limits) {
      const quoted = throughCells(
        text,
        cells.map((cell) => `quote(${cell})`),
      )
      const printed = await ask(['.headers off', '.separator "|" "\\n"'], quoted, limits)
      return printed
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split('|').map(readBlob))
    },
    close: async () => undefined,
  }
}

/** Reads what SQLite's `quote` gives for a blob: X'41', or NULL. */
function readBlob(text: string): string | null {
  return text === 'NULL' ? null : Buffer.from(text.slice(2, -1), 'hex').toString('utf8')
}
