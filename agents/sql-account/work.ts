import type { Argv } from '@/lib/agent'

/** What one kind of server is told and asked, by root on its own host. */
export interface AccountWork {
  /** "PostgreSQL on port 5432", within a sentence */
  server: string
  /** The client as the server's administrator; it takes statements on standard input. */
  administrator: Argv
  /** Asks how many such accounts there are; `none` and `all` are the answers where nothing of it is there, and the whole. */
  count: Argv
  none: string
  all: string
  /** Statements that make the account. A secret. */
  make: string
  /** Statements that take it away; safe where it is not there, or only in part. */
  drop: string
  /** Asks what the account may do; `readsOnly` is the answer where it may read and nothing else. */
  rights: Argv
  readsOnly: string
  /** Reads the database as the account. The input is a secret. */
  read: { run: Argv; input: string }
}
