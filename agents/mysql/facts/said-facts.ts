import { z } from 'zod'
import { grant } from '../account/grant'
import { told } from './told'

/** Who gave a variable the value that it has. */
export const setter = z.object({
  /** `automatic` was reckoned by the server from other values; `other` is a word of the server's that is not known here. */
  how: z.enum(['file', 'command-line', 'environment', 'sql', 'persisted', 'automatic', 'other']),
  /** The option file, where the server names it (MySQL 8.0, MariaDB 10.5). */
  path: z.string().nullable(),
  /** 'root'@'localhost' and the server's own time, where it tells (MySQL 8.0). */
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** The value that is compiled in, where the server tells (MariaDB 10.1). */
  compiled: z.string().nullable(),
})

/** One schema's tables of one engine. Bytes as information_schema tells them. */
export const tableGroup = z.object({
  schema: z.string(),
  /** null for tables that cannot be opened. */
  engine: z.string().nullable(),
  tables: z.number(),
  dataBytes: z.number(),
  indexBytes: z.number(),
  freeBytes: z.number(),
})

/** One table. `rows` is an estimate for InnoDB. */
export const bigTable = z.object({
  schema: z.string(),
  name: z.string(),
  engine: z.string().nullable(),
  rowFormat: z.string().nullable(),
  rows: z.number().nullable(),
  dataBytes: z.number(),
  indexBytes: z.number(),
  freeBytes: z.number(),
})

/** One source that this server replicates from. */
export const replicaOf = z.object({
  /** Empty for the one without a name. */
  channel: z.string(),
  host: z.string(),
  port: z.number().nullable(),
  /** "Yes", "No", "Connecting", "Preparing". */
  reads: z.string(),
  applies: z.string(),
  secondsBehind: z.number().nullable(),
  error: z.string(),
})

export const connectionGroup = z.object({
  user: z.string(),
  /** Without the port; empty for the server's own threads. */
  host: z.string(),
  schema: z.string().nullable(),
  /** "Sleep", "Query", "Binlog Dump". */
  command: z.string(),
  count: z.number(),
})

/** What a running server says of itself to root on its socket, or to Pollux's own account. */
export const said = z.object({
  /** `SELECT VERSION()` */
  version: z.string(),
  /** CURRENT_USER(), the account that the server took us for. */
  account: z.string(),
  /** Pollux's own option file, by which it was asked; null or left out where root of the socket was let in. */
  accountFile: z.string().nullable().optional(),
  /** The rights of Pollux's own account; null where there is none. Left out in facts from before there was one. */
  grants: told(z.array(grant).nullable()).optional(),
  uptimeS: z.number().nullable(),
  variables: z.record(z.string(), z.string()),
  /** Variables that somebody set; what is not named has its compiled value. Not told before MySQL 8.0 and MariaDB 10.1. */
  setters: told(z.record(z.string(), setter)),
  /** What SET PERSIST wrote down: it holds from the next start on, over every option file. Of MySQL from 8.0 on. */
  persisted: told(z.record(z.string(), z.string())),
  /** Without counters that say nothing of the load: Ssl_*, Rsa_*, Mysqlx_*, and Com_* that are 0. */
  status: z.record(z.string(), z.string()),
  engines: z.array(z.object({ name: z.string(), support: z.string() })),
  /** Those that were loaded from a file, and those that let users in. */
  plugins: told(
    z.array(z.object({ name: z.string(), status: z.string(), type: z.string(), library: z.string().nullable() })),
  ),
  schemas: told(z.object({ count: z.number(), hasTest: z.boolean() })),
  tableCount: z.number().nullable(),
  tables: told(z.array(tableGroup)),
  /** The 200 largest outside the server's own schemas, largest first. */
  biggest: told(z.array(bigTable)),
  replicaOf: told(z.array(replicaOf)),
  /** Hosts of the account without a name. */
  anonymous: told(z.array(z.string())),
  /** Hosts that root may come from. */
  rootHosts: told(z.array(z.string())),
  /** All but our own. */
  connections: told(z.array(connectionGroup)),
})

export type Said = z.infer<typeof said>
export type Setter = z.infer<typeof setter>
export type TableGroup = z.infer<typeof tableGroup>
export type BigTable = z.infer<typeof bigTable>
