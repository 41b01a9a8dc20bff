import { type Answer, byColumn, countOf, type SectionAnswer } from './parse-answer'
import type { Said } from './said-facts'

/**
 * What this server replicates from, of whichever of the three statements its version knows. An empty list only where one
 * of them was answered without an error.
 */
export function parseReplicaOf({ sections }: Answer): Said['replicaOf'] {
  const asked = [sections.sourcesOfAll, sections.slave, sections.replica]
  const answered = asked.filter((section): section is SectionAnswer => section?.error === null)
  const best = answered.find(({ results }) => results.rows.length > 0) ?? answered[0]
  if (!best) {
    const error = asked.findLast((section) => section)?.error
    return {
      state: 'not-read',
      why: error ? 'failed' : 'cut-off',
      detail: error ?? 'the answer ended before this was told',
    }
  }
  const value = byColumn(best.results).map((row) => ({
    channel: row.connection_name ?? row.channel_name ?? '',
    host: row.master_host ?? row.source_host ?? '',
    port: countOf(row.master_port ?? row.source_port),
    reads: row.slave_io_running ?? row.replica_io_running ?? '',
    applies: row.slave_sql_running ?? row.replica_sql_running ?? '',
    secondsBehind: countOf(row.seconds_behind_master ?? row.seconds_behind_source),
    error: row.last_io_error || row.last_sql_error || row.last_error || '',
  }))
  return { state: 'read', value }
}
