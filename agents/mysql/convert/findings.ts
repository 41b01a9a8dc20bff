import type { Finding } from '@/lib/agent'
import type { ResolvedServer } from '../server/resolve-server'
import { freeBytes, inWords } from './sizes'
import type { Chosen } from './steps'
import { labelOf } from './table-name'

/** What a person should know before approving it. */
export function convertFindings(server: ResolvedServer, chosen: readonly Chosen[]): Finding[] {
  const { said, hostName, hostId } = server
  const free = freeBytes(server)
  const found: Omit<Finding, 'hostId'>[] = [
    {
      level: 'info',
      title: `${chosen.length === 1 ? 'A table' : `${chosen.length} tables`} on ${hostName}, one after another`,
      detail: `${chosen.map(({ table, bytes }) => `${labelOf(table)} (up to ${inWords(bytes)})`).join(', ')}.${free === null ? '' : ` ${inWords(free)} are free.`}`,
    },
    {
      level: 'warn',
      title: 'Each table is locked while it is copied and counted',
      detail:
        'Nobody reads or writes it meanwhile, so stop what uses it (a Bacula director, for one). Afterwards rows are locked one by one, and COUNT(*) of the whole table takes longer.',
    },
  ]
  if (said.variables['innodb_file_per_table'] === 'OFF')
    found.push({
      level: 'warn',
      title: 'innodb_file_per_table is OFF',
      detail: 'The tables go into ibdata1, which never gets smaller again. Switch it on first.',
    })
  if (said.variables['log_bin'] === 'ON')
    found.push({
      level: 'info',
      title: 'The server writes a binary log',
      detail:
        'None of this is written there: servers that replicate from it keep their tables of MyISAM. Convert them there.',
    })
  if (server.support !== 'live-tested')
    found.push({
      level: 'warn',
      title: `${said.version} was not tried`,
      detail:
        'Converting was tried on MariaDB 10.5, 10.11 and 11.8. Here, too, no copy takes the place of its table before both were compared.',
    })
  if (said.replicaOf.state === 'read' && said.replicaOf.value.length > 0)
    found.push({
      level: 'warn',
      title: `${hostName} replicates from ${said.replicaOf.value.map(({ host }) => host).join(', ')}`,
      detail: 'The tables there stay of MyISAM. What replication writes waits while a table is copied.',
    })
  return found.map((finding) => ({ ...finding, hostId }))
}
