import type { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { csvLine } from '@/lib/catalog/export/to-csv'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { ListAuditInput, whereOf } from './list-audit'

const batch = 1_000

const titles = ['Row', 'At', 'Outcome', 'Who', 'What', 'Object', 'Id', 'Label', 'Detail', 'MAC']

/**
 * All rows that fit, newest first, as CSV in parts of a thousand rows, so that the memory it takes does not grow with the
 * record. Before each further part `mayRead` is asked; AppError `unauthenticated` breaks the text off when it says no.
 * Throws as `listAudit` does, before the first part.
 */
export function exportAudit(
  ctx: Ctx,
  input: z.input<typeof ListAuditInput>,
  mayRead: () => Promise<boolean>,
): AsyncGenerator<string> {
  authorize(ctx, 'read audit')
  return parts(whereOf(parseInput(ListAuditInput, input)), mayRead)
}

async function* parts(where: ReturnType<typeof whereOf>, mayRead: () => Promise<boolean>): AsyncGenerator<string> {
  let before: number | null = null
  let text = csvLine(titles)
  for (;;) {
    const rows = await olderRows(where, before)
    yield text + rows.map(lineOf).join('')
    if (rows.length < batch) return
    before = rows.at(-1)?.id ?? 0
    text = ''
    if (!(await mayRead())) throw new AppError('unauthenticated', 'expected a session, got none any more')
  }
}

function olderRows(where: ReturnType<typeof whereOf>, before: number | null) {
  const older = before === null ? {} : { id: { lt: before } }
  return read((tx) => tx.auditRow.findMany({ where: { AND: [where, older] }, orderBy: { id: 'desc' }, take: batch }))
}

function lineOf(row: Awaited<ReturnType<typeof olderRows>>[number]): string {
  const { id, at, outcome, actor, verb, object, objectId, label, detail, mac } = row
  return csvLine([id, at.toISOString(), outcome, actor, verb, object, objectId, label, detail, mac])
}
