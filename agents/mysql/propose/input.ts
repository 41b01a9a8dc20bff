import type { ServerVersion } from '../version'

export type Purpose = 'alone' | 'shared' | 'tiny-nas'
export type Load = 'bacula' | 'web' | 'general'

export interface Machine {
  /** Bytes, as all sizes here. */
  memTotal: number
  memAvailable: number
  swapUsed: number
  otherProcessesRss: number
  /** "some avg300" of /proc/pressure/memory, in percent; left out where the kernel has none. */
  pressure?: number | null
  bits: 32 | 64
  cores: number
  /** Whether the disk under the data directory turns; null where it is not known. */
  rotational: boolean | null
}

/** What an option file sets today, as it stands there. */
export interface Setting {
  name: string
  /** Null for an option without a value. */
  value: string | null
  file: string
  line: number
}

export interface ProposalInput {
  version: ServerVersion
  purpose: Purpose
  load: Load
  /** How much the server may take at most. */
  budgetBytes: number
  machine: Machine
  /** `SHOW GLOBAL VARIABLES`; empty where no server runs yet. */
  today: Readonly<Record<string, string>>
  /** `SHOW GLOBAL STATUS`; null where it could not be read. */
  status: Readonly<Record<string, string>> | null
  uptimeSeconds: number | null
  /** Sizes of the tables outside the server's own databases; null where they are not known. */
  engines: readonly { engine: string; tables: number; dataBytes: number; indexBytes: number }[] | null
  settings: readonly Setting[]
  /** What stands at the tmpdir that is set; mode is octal digits, "700". */
  tmpdir?: { path: string; owner: string; mode: string } | null
  /** The host parts of all accounts; left out or null where they are not known. */
  grantHosts?: readonly string[] | null
}
