import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A database server that a bench started for itself. */
export interface CatalogServer {
  kind: 'mariadb' | 'postgres'
  port: number
  /** Where its files lie. */
  data: string
  /** Runs one statement and gives its rows, tab-separated. */
  run(sql: string, database?: string): Promise<string>
  createDatabase(name: string): Promise<void>
  /** Runs a file's text. */
  script(database: string, sql: string): Promise<string>
  /** Loads tab-separated text; what the server says about it is returned. */
  load(database: string, table: string, columns: readonly string[], chunks: Iterable<string>): Promise<string>
  /** Bytes of a database's tables and indexes on disk. */
  bytesOf(database: string): Promise<number>
  stop(): Promise<void>
}

export type StartServer = (
  folder: string,
  how?: { port?: number; options?: readonly string[] },
) => Promise<CatalogServer>

const patienceMs = 60_000

/** Starts a server that does not outlive this process. Its words go to its log. */
export function spawnServer(argv: readonly string[]): ChildProcess {
  const [program = '', ...words] = argv
  const server = spawn(program, words, { stdio: 'ignore' })
  const end = () => server.kill('SIGTERM')
  process.once('exit', end)
  server.once('exit', () => process.off('exit', end))
  return server
}

/** Waits until a started server answers. Throws an Error with the end of its log when it ended or does not. */
export async function waitUntil(server: ChildProcess, answers: () => Promise<unknown>, log: string): Promise<void> {
  const begun = performance.now()
  for (;;) {
    try {
      await answers()
      return
    } catch (cause) {
      const isOver = server.exitCode !== null || server.signalCode !== null || performance.now() - begun > patienceMs
      if (!isOver) {
        await sleep(100)
        continue
      }
      server.kill('SIGKILL')
      const words = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : 'it wrote no log'
      throw new Error(`expected a database server that answers, got:\n${words}`, { cause })
    }
  }
}

/** Ends a server by its own process and waits for it. */
export async function endServer(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  await ended
}
