import type { ReadingArgv } from './argv'

/**
 * What a probe may ask of a host. Data, never shell text: `lib/facts` alone turns it into the script,
 * so that a reader has no way to say a write.
 *
 * Globs and paths are absolute; a glob may use `*`, `?` and `[…]` only.
 */
export type Reading =
  /** One file's bytes. `maxBytes` defaults to 64 KiB; a longer file comes back cut and marked. */
  | { kind: 'file'; path: string; maxBytes?: number }
  /** Many small text files (sysfs, proc): each one's first 4 KiB, by path. */
  | { kind: 'files'; globs: readonly string[] }
  /** Where the symbolic links that match lead (fully resolved), by path; what is no link is left out. */
  | { kind: 'links'; globs: readonly string[] }
  /** A file that a step may rewrite: exact bytes, type, link target, mode, owner, group. */
  | { kind: 'document'; path: string }
  /** Every such file that matches, by path. At most 50. */
  | { kind: 'documents'; globs: readonly string[] }
  /** Which of these programs the host has (found in its PATH with the sbin folders added). */
  | { kind: 'programs'; names: readonly string[] }
  /** A command's standard output. `timeoutS` defaults to the probe's. */
  | { kind: 'command'; argv: ReadingArgv; timeoutS?: number; maxBytes?: number }
  /** The same command for every file that matches, its path put behind the words. At most `maxFiles` (default 50). */
  | { kind: 'each'; globs: readonly string[]; argv: ReadingArgv; maxFiles?: number }
  /** The first of these that succeeds (the feature ladder: `ss`, else `netstat`, else `/proc/net/tcp`). */
  | { kind: 'first-of'; of: readonly Reading[] }

/** Why a reading has no value. Never rounded to "empty". */
export type NotRead = 'absent' | 'denied' | 'timed-out' | 'failed' | 'no-program' | 'cut-off'

/** A file as a step would find it. `bytes` is latin1: one char per byte, so that any file survives parse → print. */
export interface HostDocument {
  type: 'file' | 'link' | 'directory' | 'other'
  /** The fully resolved path, when `type` is `link`. */
  target: string | null
  /** Octal, four digits: "0644". */
  mode: string
  owner: string
  group: string
  bytes: string
}

/** What came back for one reading. `text` is decoded as UTF-8 with replacement characters; documents keep bytes. */
export type RawReading =
  | {
      state: 'read'
      kind: 'text'
      text: string
      truncated: boolean
      exitCode: number
      branch: number
      /** The end of what a command that failed said on standard error. */
      complaint?: string
    }
  | { state: 'read'; kind: 'by-path'; byPath: ReadonlyMap<string, string>; truncated: boolean }
  | { state: 'read'; kind: 'document'; document: HostDocument }
  | { state: 'read'; kind: 'documents'; byPath: ReadonlyMap<string, Found<HostDocument>>; truncated: boolean }
  | { state: 'not-read'; why: NotRead; detail: string }

export type RawReadings<Names extends string> = Readonly<Record<Names, RawReading>>

/** What a probe found, or why it could not tell. */
export type Found<T> = { state: 'read'; value: T } | { state: 'not-read'; why: NotRead; detail: string }

/** One question to a host: readings and the pure function that understands them. */
export interface Probe<Id extends string, T, Names extends string = string> {
  id: Id
  /** Seconds this probe may take on the host before it is given up; the others go on. */
  timeoutS: number
  readings: Readonly<Record<Names, Reading>>
  parse(raw: RawReadings<Names>): Found<T>
  /**
   * It costs a host more than a moment: the schedule asks it only where a change of this agent was applied, and once an
   * hour there. Wizards and plans ask it of any host.
   */
  onlyWhereChanged?: true
  /** What of it may be kept in the store: without what is secret. All of it, unless told otherwise. */
  keep?(value: T): T
}

/** Keeps the names of the readings and `parse` in step; does nothing at run time. */
export function defineProbe<Id extends string, T, Names extends string>(
  probe: Probe<Id, T, Names>,
): Probe<Id, T, Names> {
  return probe
}
