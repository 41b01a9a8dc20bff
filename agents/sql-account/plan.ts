import { type Plan, type PlanHost, type RunStep, refuse } from '@/lib/agent'
import { giveWhenUp, isAnswered, mustAnswer } from './commands'
import type { SqlAccountDesired } from './desired'
import type { SqlAccountFacts } from './facts'
import { mysqlWork } from './mysql'
import { postgresWork } from './postgresql'
import type { AccountWork } from './work'

export const AGENT = { id: 'sql-account', version: 1 } as const

// A server on a full disk waits until there is room; PostgreSQL may begin another 16 MiB of its log.
const UNDO_ROOM_KIB = 20_480

/** The plan that makes the account on the server's own host. Throws AppError `invalid` where it cannot be, with the reason. */
export function planAccount(hosts: readonly PlanHost<SqlAccountFacts>[], wish: SqlAccountDesired): Plan {
  const [host, ...others] = hosts
  if (!host || others.length > 0) throw refuse('Choose the one host on which the database runs.')
  for (const program of wish.dialect === 'mysql' ? [wish.client] : ['psql', 'runuser'])
    if (!host.facts.programs.includes(program))
      throw refuse(`${host.name} has no ${program}, which this change needs. Make the account by hand.`)
  const isThere = wish.seen === 'there'
  const { login, database } = wish
  const steps = isThere ? [] : stepsOf(wish, wish.dialect === 'mysql' ? mysqlWork(wish) : postgresWork(wish))
  return {
    agent: AGENT,
    title: `The account ${login} on ${host.name}, which may only read ${database}`,
    summary: 'Makes one account in the database server and proves that it reads. Undo takes it away again.',
    phases: isThere ? [] : [{ id: 'account', title: 'Account', hosts: [{ hostId: host.hostId, steps }] }],
    checks: [],
    basis: [{ hostId: host.hostId, name: 'clients', value: host.facts.programs.join(' ') }],
    findings: [],
    guard: null,
    secrets: [wish.password],
    once: true,
    next: { title: 'connect the catalog with it' },
    nothingToDo: isThere ? `The account ${login} is there, and reads ${database} with this password.` : null,
  }
}

function stepsOf({ login, database }: SqlAccountDesired, work: AccountWork): RunStep[] {
  const asks = { kind: 'run', timeoutS: 60, undo: { nothing: 'It only asks.' } } as const
  return [
    {
      ...asks,
      id: 'none-yet',
      title: `See in ${work.server} that there is no account ${login} yet`,
      ...mustAnswer(work.none, work.count),
    },
    {
      kind: 'run',
      id: 'account',
      title: `Make the account ${login}, which may only read ${database}`,
      timeoutS: 60,
      run: work.administrator,
      input: work.make,
      undo: giveWhenUp(work.administrator, work.drop),
      isUndone: isAnswered(work.none, work.count),
      isStanding: isAnswered(work.all, work.count),
      undoAfterBoot: true,
      undoRoomKib: UNDO_ROOM_KIB,
    },
    {
      ...asks,
      id: 'rights',
      proves: true,
      title: 'See that it may read and nothing else',
      ...mustAnswer(work.readsOnly, work.rights),
    },
    { ...asks, id: 'reads', proves: true, title: `Read ${database} as ${login}`, ...work.read },
  ]
}
