import type { SqlDialect } from '@/lib/sql'
import type { CatalogSchema } from '../rules'

/** What a test of a catalog saw. For the screen: nothing in it is secret. */
export interface CatalogReport {
  dialect: SqlDialect
  /** What the server calls itself. */
  server: string
  schema: CatalogSchema
  /** Whether the account may change tables of the catalog; null where the server does not tell. */
  canWrite: boolean | null
  /** Whether the session is one that the server lets only read; null where it does not tell. */
  isReadOnlySession: boolean | null
  /** Null where a table of them cannot be read. */
  jobs: number | null
  volumes: number | null
  pools: number | null
  clients: number | null
  /** The job that ended last, in the chosen zone; null where none ever ended. */
  newest: { wall: string; at: number } | null
  zone: ZoneVerdict
}

/** Whether the director's zone fits what the catalog says of itself. */
export type ZoneVerdict =
  | { kind: 'fits' }
  /** `offset` is how far the times that are stored stand ahead of UTC: "+05:30". */
  | { kind: 'wrong'; offset: string }
  /** No job tells it. */
  | { kind: 'unknown' }
