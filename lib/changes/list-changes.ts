import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { type Blocker, findBlockers } from './blockers'

export const changeStates = [
  'planned',
  'asked',
  'stale',
  'scheduled',
  'queued',
  'approved',
  'applying',
  'ended',
] as const
export type ChangeState = (typeof changeStates)[number]

export interface ChangeRow {
  id: number
  title: string
  state: ChangeState
  outcome: string | null
  detail: string | null
  askedBy: string
  askedAt: Date
  approvedBy: string | null
  startedAt: Date | null
  endedAt: Date | null
  hosts: { id: string | null; name: string; state: string; outcome: string | null }[]
  /** When an approval for a time or a window lets it begin. */
  beginAt: Date | null
  /** What it waits for, while it is queued. */
  waitsFor: Blocker[]
}

export interface ListChangesInput {
  state?: string
  hostId?: string
  text?: string
  /** From 1. */
  page?: number
  pageSize?: number
}

/** Changes, newest first, one page of them and how many there are in all. Two queries, and one more where any is queued. */
export async function listChanges(
  ctx: Ctx,
  input: ListChangesInput = {},
): Promise<{ rows: ChangeRow[]; total: number }> {
  authorize(ctx, 'read changes')
  const { page = 1, pageSize = 50 } = input
  const where = {
    ...(isChangeState(input.state) ? { state: input.state } : {}),
    ...(input.hostId ? { hosts: { some: { hostId: input.hostId } } } : {}),
    ...(input.text ? { OR: [{ title: { contains: input.text } }, { askedBy: { contains: input.text } }] } : {}),
  }
  return read(async (tx) => {
    const [total, rows] = await Promise.all([
      tx.change.count({ where }),
      tx.change.findMany({
        where,
        orderBy: { id: 'desc' },
        skip: (page - 1) * pageSize,
        take: pageSize,
        omit: { sealedPlan: true },
        include: { hosts: { select: { hostKeptId: true, hostId: true, hostName: true, state: true, outcome: true } } },
      }),
    ])
    const blockers = rows.some((row) => row.state === 'queued') ? await findBlockers(tx) : null
    const waitsFor = (id: number) => blockers?.get(id) ?? []
    return {
      total,
      rows: rows.map((row) => ({
        ...row,
        state: stateOf(row.state),
        hosts: row.hosts.map(hostOf),
        waitsFor: waitsFor(row.id),
      })),
    }
  })
}

function hostOf(host: { hostId: string | null; hostName: string; state: string; outcome: string | null }) {
  return { id: host.hostId, name: host.hostName, state: host.state, outcome: host.outcome }
}

function isChangeState(text: string | undefined): text is ChangeState {
  return changeStates.some((state) => state === text)
}

/** Reads a stored state. The column holds nothing else; a foreign word is taken as ended. */
export function stateOf(text: string): ChangeState {
  return isChangeState(text) ? text : 'ended'
}
