import type { SqlDialect, SqlReader } from '@/lib/sql'
import type { CatalogSchema, HealthLimits } from './rules'

/** A catalog while it is being read: what every question of a page needs to know. Never kept beyond one piece of work. */
export interface CatalogReading {
  catalogId: string
  name: string
  dialect: SqlDialect
  schema: CatalogSchema
  /** The director's time zone: the catalog stores local times. */
  zone: string
  /** Milliseconds since 1970; one time for a whole page. */
  now: number
  limits: HealthLimits
  isSample: boolean
  /** Where bconsole can be run; null where no director's host is known. */
  directorHostId: string | null
  ask: SqlReader['ask']
}
