import type { SshTarget } from '@/lib/ssh'
import type { Sql } from './sql'

export type SqlDialect = 'mysql' | 'postgresql' | 'sqlite'

export interface SqlAccount {
  user: string
  password: string
  database: string
}

/**
 * Whether a connection over the network is encrypted. `required`: it is, by whatever certificate. `checked`: it is, and the
 * certificate is for the server's name and of `ca` (PEM), or where that is null of an authority that this machine trusts.
 */
export type SqlTls = { mode: 'off' } | { mode: 'required' } | { mode: 'checked'; ca: string | null }

/**
 * Where a database is and how it is asked.
 * - `direct`: the driver connects over the network.
 * - `tunnel`: the driver talks through a stream that starts on a host that is reached by SSH; `host` and `port` as seen there.
 * - `client`: the database's own command line client, run on a host; for servers that the driver is too new for.
 * - `file`: an SQLite file beside Pollux, opened so that nothing can be written.
 * - `host-file`: an SQLite file on a host, asked by its `sqlite3 -readonly`.
 */
export type SqlPlace =
  | ({ way: 'direct'; tls: SqlTls } & ServerAddress)
  | ({ way: 'tunnel' | 'client'; target: SshTarget } & ServerAddress)
  | { way: 'file'; dialect: 'sqlite'; path: string }
  | { way: 'host-file'; dialect: 'sqlite'; target: SshTarget; path: string }

interface ServerAddress {
  dialect: 'mysql' | 'postgresql'
  host: string
  port: number
  account: SqlAccount
}

/** A place with a server. */
export type ServerPlace = Extract<SqlPlace, ServerAddress>
/** A place whose server is asked by its own client on a host. */
export type ClientPlace = Extract<SqlPlace, { way: 'tunnel' | 'client' }>

/**
 * A row by its columns' names in lower case. Every value is the text that the database prints for it, bytes read as UTF-8
 * (what is no UTF-8 becomes U+FFFD), so that all ways and dialects give the same: times stay as stored, no number is rounded.
 */
export type SqlRow = Readonly<Record<string, string | null>>

export interface AskOptions {
  /** Ends the question, on the server too. */
  signal?: AbortSignal
  /** Milliseconds after which the question is ended, on the server too. Default 30,000. */
  timeoutMs?: number
}

/** A connection that can only read. */
export interface SqlReader {
  readonly dialect: SqlDialect
  /** What the server calls itself: "10.11.6-MariaDB-0+deb12u1", "15.9", "3.40.1". */
  readonly server: string
  /**
   * Asks one question and gives all its rows; questions of one piece of work wait for each other. Throws AppError `invalid`
   * (wrong password, no such database, a table that is not there or may not be read), `unreachable` (no connection, or lost in
   * the middle), `expired` (took longer than allowed), `conflict` (cancelled by the signal), `locked` (a writer holds it); each
   * with a sentence for the screen and a `data.reason` (see `failure.ts`). `internal` for what is no question that only reads.
   */
  ask(question: Sql, options?: AskOptions): Promise<readonly SqlRow[]>
}
