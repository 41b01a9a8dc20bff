import { whyNotByAccount } from '../account/refuse'
import type { ResolvedServer } from '../server/resolve-server'
import { isAtLeast } from '../version'
import type { TableName } from './desired'
import { bytesOf, freeBytes, inWords, neededBytes, toldOf } from './sizes'
import { labelOf } from './table-name'

/**
 * Why nothing can be converted on this server, or not all of these tables at once, as the facts tell it; empty where
 * nothing stands in the way. What keys and columns say is asked by the wizard's probe and by the change's first steps.
 */
export function obstaclesOf(server: ResolvedServer, tables: readonly TableName[]): string[] {
  const { said, hostName, facts, server: found } = server
  const innodb = said.engines.find(({ name }) => name === 'InnoDB')?.support
  const sizes = tables.map((table) => bytesOf(server, table))
  const [free, needed] = [freeBytes(server), neededBytes(sizes)]
  const network = facts.fileSystems.state === 'read' && found.dataDir !== null && free === null
  const byAccount = whyNotByAccount(server)
  return [
    ...(byAccount === null ? [] : [byAccount]),
    ...letsWritersPass(server),
    ...(innodb === 'YES' || innodb === 'DEFAULT' ? [] : [`The server on ${hostName} runs without InnoDB.`]),
    ...(said.variables['wsrep_on'] === 'ON'
      ? [`${hostName} is a node of a Galera cluster: convert its tables on all nodes at once, by hand.`]
      : []),
    ...(said.variables['read_only'] === 'ON' || said.variables['super_read_only'] === 'ON'
      ? [`The server on ${hostName} is read-only: convert the tables where they are written.`]
      : []),
    ...(network ? [`It is not known how much room there is in ${found.dataDir} on ${hostName}.`] : []),
    ...(free !== null && free < needed
      ? [
          `${hostName} has ${inWords(free)} free where its data lies, and converting ${tables.length === 1 ? 'this table' : `these ${tables.length} tables`} may need ${inWords(needed)}.`,
        ]
      : []),
    ...tables.flatMap((table) => obstacleOf(server, table)),
  ]
}

/** Locks that a rename waits for ahead of all writers came with MySQL 5.5 and MariaDB 5.5 (manual, "Metadata Locking"). */
function letsWritersPass({ version, said, hostName }: ResolvedServer): string[] {
  if (isAtLeast(version, 5, 5)) return []
  return [
    `${said.version} on ${hostName} cannot replace a table without letting a writer pass: make a dump, and convert by hand.`,
  ]
}

function obstacleOf(server: ResolvedServer, table: TableName): string[] {
  const told = toldOf(server, table)
  if (told === 'absent') return [`${server.hostName} has no table ${labelOf(table)}.`]
  if (told === null || told.engine === 'MyISAM' || told.engine === 'InnoDB') return []
  if (told.engine === null)
    return [`The server on ${server.hostName} cannot open ${labelOf(table)}: it is damaged, and is mended first.`]
  return [`${labelOf(table)} is of ${told.engine}, and not of MyISAM.`]
}
