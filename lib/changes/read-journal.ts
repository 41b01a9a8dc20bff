import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type ShownLine, showLine } from './journal-text'
import { maskPlan } from './mask'
import { openPlan } from './plan-record'

/** What a watcher of a change needs to know: the lines it has not seen, and a word that changes when the rest does. */
export interface JournalPart {
  lines: ShownLine[]
  /** Changes whenever state, outcome, a person's part, a host's or a proof changed: time to render the page anew. */
  rest: string
  isOpen: boolean
}

/** The journal's lines after `afterId` (0 for all), at most 5,000. Throws AppError `not-found`. */
export async function readJournal(ctx: Ctx, changeId: number, afterId: number): Promise<JournalPart> {
  authorize(ctx, 'read changes')
  return read(async (tx) => {
    const row = await tx.change.findUnique({
      where: { id: changeId },
      include: {
        journal: { where: { id: { gt: afterId } }, orderBy: { id: 'asc' }, take: 5_000 },
        hosts: { select: { state: true, outcome: true, detail: true, deadlineAt: true }, orderBy: { hostName: 'asc' } },
        checks: { select: { verdict: true }, orderBy: { id: 'asc' } },
      },
    })
    if (!row) throw new AppError('not-found', `expected change ${changeId}, found none`)
    const plan = maskPlan(openPlan(row.sealedPlan).plan)
    const steps = await tx.journalLine.count({ where: { changeId, stepId: { not: null }, kind: { not: 'out' } } })
    return {
      lines: row.journal.map((line) => showLine(line, plan)),
      rest: JSON.stringify([
        row.state,
        row.outcome,
        row.version,
        row.needsPerson,
        row.committedAt,
        row.hosts,
        row.checks.map((check) => check.verdict),
        steps,
      ]),
      isOpen: row.state !== 'ended',
    }
  })
}
