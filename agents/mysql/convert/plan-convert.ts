import { type Plan, type PlanHost, refuse } from '@/lib/agent'
import type { MysqlFacts } from '../facts/facts'
import { AGENT } from '../names'
import { resolveServer } from '../server/resolve-server'
import type { ConvertDesired } from './desired'
import { convertFindings } from './findings'
import { obstaclesOf } from './obstacles'
import { bytesOf, toldOf } from './sizes'
import { answerStep, type Chosen, convertStep, engineCheck, finishStep, lookStep, proveStep } from './steps'
import { labelOf } from './table-name'

/**
 * MyISAM to InnoDB: every table is checked before the first is touched; then one after another is copied under a lock, and
 * replaced by the copy when both have the same rows and the same checksum. The old tables are dropped when all stand. Tables
 * of InnoDB are passed by.
 * @throws AppError `invalid` where something stands in the way, with all of it
 */
export function planConvert(hosts: readonly PlanHost<MysqlFacts>[], wish: ConvertDesired): Plan {
  const [host, ...others] = hosts
  if (!host || others.length > 0) throw refuse('Choose the one host on which the server runs.')
  const server = resolveServer(host, wish.server)
  const tables = wish.tables.filter((table) => {
    const told = toldOf(server, table)
    return told === null || told === 'absent' || told.engine !== 'InnoDB'
  })
  const obstacles = tables.length > 0 ? obstaclesOf(server, tables) : []
  if (obstacles.length > 0) throw refuse(obstacles.join(' '), 'tables')
  const chosen = tables.map((table, at): Chosen => ({ table, place: at + 1, bytes: bytesOf(server, table) }))
  const [first] = chosen
  const names = chosen.map(({ table }) => labelOf(table)).join(', ')
  const { hostId, name } = host
  return {
    agent: AGENT,
    title: first
      ? `${chosen.length === 1 ? names : `${chosen.length} tables`} on ${name} to InnoDB`
      : `Tables on ${name} to InnoDB`,
    summary:
      'Checks all tables first, then copies one after another; a copy takes the place of its table when rows and checksums are the same. The old tables are dropped last. Taken back later, each is copied to MyISAM again.',
    phases: first
      ? [
          {
            id: 'look',
            title: `Check the tables on ${name}`,
            hosts: [{ hostId, steps: [answerStep(server, first), ...chosen.map((one) => lookStep(server, one))] }],
          },
          {
            id: 'convert',
            title: `Convert on ${name}`,
            hosts: [{ hostId, steps: chosen.flatMap((one) => [convertStep(server, one), proveStep(server, one)]) }],
          },
          {
            id: 'finish',
            title: `Drop the old tables on ${name}`,
            hosts: [{ hostId, steps: chosen.map((one) => finishStep(server, one)) }],
          },
        ]
      : [],
    checks: chosen.map((one) => engineCheck(server, one)),
    basis: [
      { hostId, name: 'version', value: server.said.version },
      ...wish.tables.map((table) => {
        const told = toldOf(server, table)
        const value = told === null ? 'not told' : told === 'absent' ? 'absent' : (told.engine ?? 'cannot be opened')
        return { hostId, name: `engine of ${labelOf(table)}`, value }
      }),
    ],
    findings: first ? convertFindings(server, chosen) : [],
    guard: null,
    nothingToDo: first ? null : `${wish.tables.map(labelOf).join(', ')} on ${name}: of InnoDB already.`,
  }
}
