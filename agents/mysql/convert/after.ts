import type { Drift, Plan, PlanHost } from '@/lib/agent'
import type { MysqlFacts } from '../facts/facts'
import type { Said } from '../facts/said-facts'
import type { ConvertDesired, TableName } from './desired'
import { isSameTable, labelOf, tableInCondition } from './table-name'

/** The tables that a plan's checks prove to be of InnoDB, on one host. */
export function convertedBy({ checks }: Plan, hostId: string): TableName[] {
  return checks.flatMap(({ id, hostId: of, read }) => {
    if (of !== hostId || !id.startsWith('engine-of.') || !('command' in read)) return []
    return tableInCondition(read.command.at(-1) ?? '') ?? []
  })
}

/** What a server says once these tables are converted. */
export function withConverted(said: Said, tables: readonly TableName[]): Said {
  if (said.biggest.state === 'not-read') return said
  const value = said.biggest.value.map((one) =>
    tables.some((table) => isSameTable(table, one)) ? { ...one, engine: 'InnoDB' } : one,
  )
  return { ...said, biggest: { state: 'read', value } }
}

/** Tables that are of another engine than the change left them. */
export function engineDrift({ hostId, facts }: PlanHost<MysqlFacts>, desired: ConvertDesired, applied: Plan): Drift[] {
  const server = facts.servers.find(({ key }) => key === desired.server)
  if (!server || server.said.state === 'not-read' || server.said.value.biggest.state === 'not-read') return []
  const all = server.said.value.biggest.value
  return convertedBy(applied, hostId).flatMap((table): Drift[] => {
    const found = all.find((one) => isSameTable(one, table))
    if (!found || found.engine === 'InnoDB') return []
    return [{ what: `engine of ${labelOf(table)}`, expected: 'InnoDB', seen: found.engine ?? 'cannot be opened' }]
  })
}
