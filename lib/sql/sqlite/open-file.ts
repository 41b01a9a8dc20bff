import { type ChildProcess, fork } from 'node:child_process'
import { statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { AskLimits } from '../connection'
import { failure } from '../failure'
import type { SqlPlace } from '../types'
import { withinTime } from '../within-time'
import { sqliteReason } from './reason'
import { type SqliteSource, throughCells } from './sqlite-connection'

type FilePlace = Extract<SqlPlace, { way: 'file' }>

const Answer = z.union([
  z.object({ server: z.string() }),
  z.object({ columns: z.array(z.string()) }),
  // Not looked through: there may be a million of them, from a program of our own.
  z.object({ rows: z.custom<(string | null)[][]>(Array.isArray) }),
  z.object({ error: z.object({ rawCode: z.number().nullable(), message: z.string() }) }),
])
type Answer = z.infer<typeof Answer>

/** A thread has to start first, which took a busy machine more than 15 s. */
const openLimits: AskLimits = { timeoutMs: 30_000 }

/** Opens a file so that nothing can be written. Throws AppError `invalid` when it is not there, or no SQLite database. */
export async function openFile(place: FilePlace, signal?: AbortSignal): Promise<SqliteSource> {
  const opened = await checkFile(place)
  // The server's folder is the tree's top, in a build too.
  const program = join(process.cwd(), 'lib', 'sql', 'sqlite', 'file-process.mjs')
  const child = fork(/* turbopackIgnore: true */ program, [pathToFileURL(place.path).href], {
    execArgv: [],
    // Nothing of ours in there: no secret, no option of Node.
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  let isOver = false
  child.once('exit', () => {
    isOver = true
  })
  const cut = () => {
    isOver = true
    child.kill('SIGKILL')
  }

  async function exchange(message: { kind: string; text: string } | null, limits: AskLimits): Promise<Answer> {
    if (limits.signal?.aborted) throw failure('cancelled', place)
    const asked = nextAnswer(child, place)
    if (message !== null) child.send(message, () => undefined)
    const answer = await withinTime(asked, place, { ...limits, graceMs: 0, end: async () => cut(), cut })
    if (!('error' in answer)) return answer
    const { rawCode, message: said } = answer.error
    throw failure(rawCode === null ? 'other' : sqliteReason(rawCode), place, { said, code: rawCode ?? undefined })
  }

  try {
    const first = await exchange(null, { ...openLimits, signal })
    return {
      server: 'server' in first ? first.server : '',
      // Where another file was put in its place, what is open is the old one.
      isUsable: () => !isOver && child.connected && identityOf(place.path) === opened,
      async columns(text, limits) {
        const answer = await exchange({ kind: 'columns', text }, limits)
        return 'columns' in answer ? answer.columns : []
      },
      async rows(text, cells, limits) {
        const answer = await exchange({ kind: 'rows', text: throughCells(text, cells) }, limits)
        return 'rows' in answer ? answer.rows : []
      },
      close: async () => cut(),
    }
  } catch (error) {
    cut()
    throw error
  }
}

function nextAnswer(child: ChildProcess, place: FilePlace): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      leave()
      const parsed = Answer.safeParse(message)
      if (parsed.success) resolve(parsed.data)
      else reject(failure('other', place, { cause: parsed.error }))
    }
    const onEnd = () => {
      leave()
      reject(failure('lost', place))
    }
    const onError = (error: Error) => {
      leave()
      reject(failure('other', place, { said: error.message, cause: error }))
    }
    function leave() {
      child.off('message', onMessage).off('exit', onEnd).off('error', onError)
    }
    child.on('message', onMessage).on('exit', onEnd).on('error', onError)
    if (child.exitCode !== null || child.signalCode !== null) onEnd()
  })
}

/** Gives which file it is. The driver tells all failures to open by one code. */
async function checkFile(place: FilePlace): Promise<string | null> {
  const magic = 'SQLite format 3\0'
  try {
    const file = await open(place.path, 'r')
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0)
      if (buffer.toString('latin1', 0, bytesRead) !== magic) throw failure('no-sqlite', place)
      return identityOf(place.path)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code))
      throw failure('no-file', place, { code: error.code, cause: error })
    throw error
  }
}

function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}
