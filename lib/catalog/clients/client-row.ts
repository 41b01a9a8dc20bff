import { type Sql, type SqlRow, sql } from '@/lib/sql'
import { readCount } from '../rules'

/** A client as the catalog has it. */
export interface ClientRow {
  clientId: number
  name: string
  /** What its file daemon says of itself: "9.6.7 (10Dec20) x86_64-pc-linux-gnu,debian,12". */
  uname: string
  autoPrune: boolean
  /** Seconds; null where it is not told. */
  fileRetention: number | null
  jobRetention: number | null
}

/** The columns of `clientOf`, from Client `c`. */
export const clientColumns: Sql = sql`c.ClientId AS client_id, c.Name AS client, c.Uname AS uname, c.AutoPrune AS auto_prune,
  c.FileRetention AS file_retention, c.JobRetention AS job_retention`

/** Reads a row of `clientColumns`. */
export function clientOf(row: SqlRow): ClientRow {
  return {
    clientId: readCount(row['client_id']) ?? 0,
    name: row['client'] ?? '',
    uname: row['uname'] ?? '',
    autoPrune: (readCount(row['auto_prune']) ?? 0) > 0,
    fileRetention: readCount(row['file_retention']),
    jobRetention: readCount(row['job_retention']),
  }
}
