import { z } from 'zod'
import { auditOutcomes, listAudit } from '@/lib/audit/list-audit'
import { operation } from './operation'
import { instant, instantOf, paging } from './shapes'

const word = z.string().max(200).optional()

export const listAuditOperation = operation({
  method: 'GET',
  path: '/api/v1/audit',
  id: 'listAudit',
  summary: 'The record of deeds, newest first',
  right: 'read audit',
  input: z.object({
    who: word,
    verb: word,
    object: word,
    outcome: z.enum(auditOutcomes).optional(),
    text: word,
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
    ...paging,
  }),
  output: z.object({
    total: z.int(),
    rows: z.array(
      z.object({
        id: z.int(),
        at: instant,
        actor: z.string(),
        verb: z.string(),
        object: z.string(),
        objectId: z.string().nullable(),
        label: z.string(),
        outcome: z.enum(auditOutcomes),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  async run(ctx, { from, to, ...input }) {
    const moments = { from: from ? new Date(from) : null, to: to ? new Date(to) : null }
    const { rows, total } = await listAudit(ctx, { ...input, ...moments })
    return { total, rows: rows.map((row) => ({ ...row, at: instantOf(row.at), detail: JSON.parse(row.detail) })) }
  },
})
