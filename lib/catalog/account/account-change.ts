import { z } from 'zod'
import { openPlan } from '@/lib/changes/plan-record'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** A change that makes an account on a host, as the wizard offers it. */
export interface AccountChange {
  changeId: number
  login: string
  /** Whether it was made, and was not taken back since. */
  isMade: boolean
}

/** Where an account is wanted; it is given for the very server that it was made on. */
export interface AccountPlace {
  hostId: string
  dialect: 'mysql' | 'postgresql'
  port: number
  database: string
}

const kept = z.object({
  dialect: z.enum(['mysql', 'postgresql']),
  port: z.number(),
  database: z.string(),
  login: z.string(),
  password: z.string(),
})

/** The newest change that makes an account on this host, unless it came to nothing. One query. */
export async function findAccountChange(hostId: string): Promise<AccountChange | null> {
  const rows = await read((tx) =>
    tx.change.findMany({
      where: { agentId: 'sql-account', revertsId: null, hosts: { some: { hostKeptId: hostId } } },
      orderBy: { id: 'desc' },
      take: 10,
      select,
    }),
  )
  const found = rows.find((row) => row.state !== 'ended' || isMade(row))
  if (!found) return null
  const { login } = kept.parse(openPlan(found.sealedPlan).desired)
  return { changeId: found.id, login, isMade: isMade(found) }
}

/**
 * The account that a change made, with its password: for connecting to that very server alone. Throws `conflict` where it
 * was not made, was taken back, or is one of another server.
 */
export async function accountOfChange(
  changeId: number,
  place: AccountPlace,
): Promise<{ user: string; password: string }> {
  const where = { id: changeId, agentId: 'sql-account', revertsId: null }
  const row = await read((tx) =>
    tx.change.findFirst({ where: { ...where, hosts: { some: { hostKeptId: place.hostId } } }, select }),
  )
  if (!row) throw refusal(changeId, 'makes no account on this host.')
  if (!isMade(row))
    throw refusal(
      changeId,
      row.state === 'ended' ? 'left no account.' : 'has not made the account yet: approve it first.',
    )
  const { login, password, ...made } = kept.parse(openPlan(row.sealedPlan).desired)
  if (made.dialect !== place.dialect || made.port !== place.port || made.database !== place.database)
    throw refusal(changeId, `made its account for ${made.database} on port ${made.port}, and for nothing else.`)
  return { user: login, password }
}

const select = {
  id: true,
  state: true,
  outcome: true,
  sealedPlan: true,
  revertedBy: { where: { outcome: 'applied' }, select: { id: true } },
} as const

function isMade({ outcome, revertedBy }: { outcome: string | null; revertedBy: readonly unknown[] }): boolean {
  return outcome === 'applied' && revertedBy.length === 0
}

function refusal(changeId: number, why: string): AppError {
  const sentence = `Change #${changeId} ${why}`
  return new AppError('conflict', sentence, { userMessage: sentence, fields: { accountKind: sentence } })
}
