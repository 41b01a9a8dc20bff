import type { ConfigFile } from '@/lib/agent/config-file'
import type { ServerVersion } from '../version'
import type { OptionFile } from './document'
import { ReadPass } from './read-pass'

/** What is in a folder: the names of its entries, whatever they are. */
export type Folder =
  | { state: 'there'; names: readonly string[] }
  | { state: 'absent' }
  | { state: 'unread'; why: string }

/** The host's files as they were read, and how the server begins. */
export interface OptionSources {
  /** In the order of reading, absolute or with `~/`. See start-files.ts. */
  startFiles: readonly string[]
  /** `~` of the account that starts the server: "/root". Null where it is not known. */
  home?: string | null
  /** The account that reads the files. Null for root, who may read everything. */
  readsAs?: { user: string; groups: readonly string[] } | null
  version: ServerVersion | null
  fileAt(path: string): ConfigFile
  listDir(path: string): Folder
}

/** One option line that the server reaches, of any group. */
export interface Setting {
  /** With underscores, without `loose-`; abbreviations are not resolved yet (see set-by.ts). */
  name: string
  value: string | null
  file: string
  /** From 1. */
  line: number
  group: string
  isLoose: boolean
  /** The line as it stands in the file, without its line end. */
  raw: string
  /** The name as it is written. */
  written: string
  /** Which reading of a file it comes from, counted from 0: an included file can be read more than once. */
  reading: number
}

/** A file that the server reads, once for each time it does. */
export interface ReadFile {
  path: string
  document: OptionFile
  /** The line that included it; null for a start file. */
  by: { file: string; line: number } | null
  /** The `!includedir` that brought it, by its place in `folders`; null for others. */
  folder: number | null
  /** Its mode, as `stat` gives it. */
  mode: string
}

/** An `!includedir` that the server follows. */
export interface ReadFolder {
  /** Without a slash at its end. */
  path: string
  by: { file: string; line: number }
  /** The names that it takes, sorted by their bytes as the server sorts them. */
  names: readonly string[]
  /** How many settings stood before it. */
  at: number
  /** How many stood there when it was done. */
  end: number
}

/**
 * `stops-server`: it does not start. `stops-file`: the rest of an included file is left out.
 * `ignored`: what stands there has no effect. `unsure`: it could not be told. `note`: worth a look.
 */
export type ProblemEffect = 'stops-server' | 'stops-file' | 'ignored' | 'unsure' | 'note'

export interface ReadProblem {
  file: string
  /** From 1; null for the file as a whole. */
  line: number | null
  effect: ProblemEffect
  /** One plain sentence. */
  text: string
}

/** Everything that the server reads, in its order. */
export interface ReadOrder {
  files: readonly ReadFile[]
  folders: readonly ReadFolder[]
  settings: readonly Setting[]
  problems: readonly ReadProblem[]
  /** False when something that the server reads was not read here: what comes out may be incomplete. */
  isComplete: boolean
  /** False when the order inside a folder is not known for this version. */
  isOrderSure: boolean
}

/**
 * Goes through the option files as the server does: the start files in their order, and what they include at the place
 * where they do (mysys/my_default.c; each rule was seen with my_print_defaults of MariaDB 10.11). Never throws.
 */
export function readOrder(sources: OptionSources): ReadOrder {
  const pass = new ReadPass(sources)
  for (const path of sources.startFiles) if (!pass.isStopped) pass.readStartFile(path)
  return pass.result()
}
