import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'

export const auditOutcomes = ['done', 'refused', 'failed'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

export const ListAuditInput = z.object({
  /** The actor's name as it stands in the row. */
  who: z.string().max(200).nullable().default(null),
  verb: z.string().max(200).nullable().default(null),
  object: z.string().max(40).nullable().default(null),
  objectId: z.string().max(80).nullable().default(null),
  outcome: z.enum(auditOutcomes).nullable().default(null),
  /** From this moment on, and before that one. */
  from: z.date().nullable().default(null),
  to: z.date().nullable().default(null),
  /** In actor, verb, label and detail; % and _ stand for anything, as in SQL. */
  text: z.string().max(200).default(''),
  page: z.int().min(1).max(1_000_000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

export interface AuditListRow {
  id: number
  at: Date
  actor: string
  verb: string
  object: string
  objectId: string | null
  label: string
  outcome: AuditOutcome
  /** What else was kept, as JSON. */
  detail: string
}

export interface AuditList {
  rows: AuditListRow[]
  /** How many fit in all. */
  total: number
  /** What there is to choose from, whatever the filters. */
  actors: string[]
  verbs: string[]
  objects: string[]
}

/** The record of deeds, newest first: one page of what fits, and what to filter by. Five queries. */
export async function listAudit(ctx: Ctx, input: z.input<typeof ListAuditInput> = {}): Promise<AuditList> {
  authorize(ctx, 'read audit')
  const wanted = parseInput(ListAuditInput, input)
  const where = whereOf(wanted)
  const [total, rows, actors, verbs, objects] = await read((tx) =>
    Promise.all([
      tx.auditRow.count({ where }),
      tx.auditRow.findMany({
        where,
        omit: { mac: true, actorId: true },
        orderBy: { id: 'desc' },
        skip: (wanted.page - 1) * wanted.pageSize,
        take: wanted.pageSize,
      }),
      tx.auditRow.groupBy({ by: ['actor'], orderBy: { actor: 'asc' } }),
      tx.auditRow.groupBy({ by: ['verb'], orderBy: { verb: 'asc' } }),
      tx.auditRow.groupBy({ by: ['object'], orderBy: { object: 'asc' } }),
    ]),
  )
  return {
    rows: rows.map((row) => ({ ...row, outcome: outcomeOf(row.outcome) })),
    total,
    actors: actors.map((row) => row.actor),
    verbs: verbs.map((row) => row.verb),
    objects: objects.map((row) => row.object),
  }
}

/** What the store is asked for. */
export function whereOf(wanted: z.output<typeof ListAuditInput>) {
  const { who, verb, object, objectId, outcome, from, to, text } = wanted
  const contains = { contains: text }
  return {
    ...(who === null ? {} : { actor: who }),
    ...(verb === null ? {} : { verb }),
    ...(object === null ? {} : { object }),
    ...(objectId === null ? {} : { objectId }),
    ...(outcome === null ? {} : { outcome }),
    ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
    ...(text === ''
      ? {}
      : { OR: [{ actor: contains }, { verb: contains }, { label: contains }, { detail: contains }] }),
  }
}

/** Reads a stored outcome. The column holds nothing else; a foreign word is not taken for done. */
export function outcomeOf(text: string): AuditOutcome {
  return auditOutcomes.find((outcome) => outcome === text) ?? 'failed'
}
