import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'
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

/** So many lines are read at once. */
const mostLines = 5_000

/** So many are shown at first, the last ones. */
const lastLines = 1_000

/** The journal's lines after `afterId` (0 for all), at most 5,000. Throws AppError `not-found`. */
export async function readJournal(ctx: Ctx, changeId: number, afterId: number): Promise<JournalPart> {
  authorize(ctx, 'read changes')
  return read((tx) => partAfter(tx, changeId, afterId))
}

/** The journal's last lines, and how many stand before them. Throws AppError `not-found`. */
export async function readJournalEnd(ctx: Ctx, changeId: number): Promise<JournalPart & { earlier: number }> {
  authorize(ctx, 'read changes')
  return read(async (tx) => {
    const before = await tx.journalLine.findFirst({
      where: { changeId },
      orderBy: { id: 'desc' },
      skip: lastLines,
      select: { id: true },
    })
    const earlier = before ? await tx.journalLine.count({ where: { changeId, id: { lte: before.id } } }) : 0
    return { ...(await partAfter(tx, changeId, before?.id ?? 0)), earlier }
  })
}

/** Every line of the journal, some at a time. Throws AppError `not-found`. */
export async function* readWholeJournal(ctx: Ctx, changeId: number): AsyncGenerator<ShownLine[], void> {
  for (let after = 0; ; ) {
    const { lines } = await readJournal(ctx, changeId, after)
    if (lines.length > 0) yield lines
    if (lines.length < mostLines) return
    after = lines.at(-1)?.id ?? after
  }
}

async function partAfter(tx: Tx, changeId: number, afterId: number): Promise<JournalPart> {
  const row = await tx.change.findUnique({
    where: { id: changeId },
    include: {
      journal: { where: { id: { gt: afterId } }, orderBy: { id: 'asc' }, take: mostLines },
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
}
