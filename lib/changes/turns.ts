import { writeAudit } from '@/lib/audit/write-audit'
import { systemCtx } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { blockersOf, waitText } from './blockers'
import { forgetSecrets } from './forget-secrets'

/** What the look at all approved changes came to. */
export interface Turns {
  /** Changes that may be applied now, those that were told so before among them. */
  ready: number[]
  /** Changes whose record grew. */
  moved: number[]
  /** When to look again although nothing ends until then; null when nothing waits for a time. */
  next: Date | null
}

/**
 * Says which approved changes begin now: in the order of their approvals, each once no change before it holds one of its
 * hosts and its time has come. One whose approval ended while it waited ends here, untouched.
 */
export async function takeTurns(tx: Tx, now: Date): Promise<Turns> {
  const open = await openChanges(tx)
  const isWaiting = (state: string) => state === 'queued' || state === 'scheduled'
  const ahead = open.filter((change) => !isWaiting(change.state))
  const turns: Turns = { ready: idsOf(ahead.filter((change) => change.state === 'approved')), moved: [], next: null }
  const lookAgain = (at: Date | null) => {
    if (at && (turns.next === null || at < turns.next)) turns.next = at
  }
  for (const change of open.filter(({ state }) => isWaiting(state))) {
    const blockers = blockersOf(change, ahead)
    if (change.expiresAt !== null && change.expiresAt <= now) {
      await expire(tx, change, change.beginAt ? missedText : queueExpiredText(blockers), now)
      turns.moved.push(change.id)
      continue
    }
    if (change.beginAt !== null && change.beginAt > now) {
      lookAgain(change.beginAt)
      continue
    }
    ahead.push(change)
    if (blockers.length === 0) turns.ready.push(change.id)
    else lookAgain(change.expiresAt)
    const state = blockers.length === 0 ? 'approved' : 'queued'
    if (blockers.length > 0 && change.wasTold) continue
    await tx.change.update({ where: { id: change.id }, data: { state } })
    if (blockers.length > 0) await tell(tx, change.id, `${waitText(blockers)}: begins by itself`, now)
    turns.moved.push(change.id)
  }
  return turns
}

const missedText =
  'The time it was approved for passed before it could begin: Pollux was not running, or another change held a host. Nothing was touched.'

function queueExpiredText(blockers: Parameters<typeof waitText>[0]): string {
  const wait = blockers.length > 0 ? `it ${waitText(blockers)}` : 'it waited for its turn'
  return `The approval expired while ${wait}. Nothing was touched.`
}

async function openChanges(tx: Tx) {
  const rows = await tx.change.findMany({
    where: { state: { in: ['approved', 'applying', 'queued', 'scheduled'] } },
    orderBy: [{ approvedAt: 'asc' }, { id: 'asc' }],
    omit: { sealedPlan: true },
    include: {
      hosts: { select: { hostKeptId: true, hostName: true, state: true } },
      journal: { where: { kind: 'queued' }, select: { at: true }, orderBy: { id: 'desc' }, take: 1 },
    },
  })
  return rows.map(({ journal, ...row }) => {
    const told = journal[0]?.at
    const wasTold = row.state === 'queued' && told !== undefined && row.approvedAt !== null && told >= row.approvedAt
    return { ...row, wasTold }
  })
}

type Open = Awaited<ReturnType<typeof openChanges>>[number]

async function expire(tx: Tx, change: Open, detail: string, now: Date): Promise<void> {
  const ended = { state: 'ended', outcome: 'expired', detail, endedAt: now }
  await tx.change.update({ where: { id: change.id }, data: ended })
  await forgetSecrets(tx, change.id)
  await tell(tx, change.id, detail, now, 'outcome')
  await writeAudit(tx, systemCtx(`change-${change.id}`), {
    verb: 'expire change',
    object: 'change',
    objectId: String(change.id),
    label: `#${change.id} ${change.title}`,
    outcome: 'failed',
    detail: { why: detail },
  })
}

async function tell(tx: Tx, changeId: number, text: string, at: Date, kind = 'queued'): Promise<void> {
  await tx.journalLine.create({ data: { changeId, at, kind, text } })
}

function idsOf(changes: readonly { id: number }[]): number[] {
  return changes.map((change) => change.id)
}
