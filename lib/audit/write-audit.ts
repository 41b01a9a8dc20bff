import { createHmac } from 'node:crypto'
import type { Actor, Ctx } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { auditKey } from '@/lib/secrets/seal'

export interface AuditEntry {
  /** "rename host", "sign in", "approve change" */
  verb: string
  object: 'host' | 'pair' | 'change' | 'credential' | 'catalog' | 'user' | 'session' | 'setting' | 'draft'
  objectId?: string
  /** What a person calls the object: the host's name, "#148". */
  label: string
  outcome?: 'done' | 'refused' | 'failed'
  /** Never a secret. */
  detail?: Record<string, unknown>
}

/** The verb of the row that retention writes: it carries where the chain begins now. A trigger of the store knows it too. */
export const anchorVerb = 'trim audit'

/** Appends one row to the audit chain, in the caller's transaction, so that the deed and its record are one. */
export async function writeAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const last = await tx.auditRow.findFirst({ orderBy: { id: 'desc' }, select: { mac: true } })
  const row = {
    at: new Date(),
    actorId: ctx.actor.kind === 'user' ? ctx.actor.id : null,
    actor: actorName(ctx.actor),
    verb: entry.verb,
    object: entry.object,
    objectId: entry.objectId ?? null,
    label: entry.label,
    outcome: entry.outcome ?? 'done',
    detail: JSON.stringify(entry.detail ?? {}),
  }
  await tx.auditRow.create({ data: { ...row, mac: chainMac(last?.mac ?? '', row) } })
}

export type AuditContent = {
  at: Date
  actorId: string | null
  actor: string
  verb: string
  object: string
  objectId: string | null
  label: string
  outcome: string
  detail: string
}

/** HMAC-SHA-256 over the MAC before and the row's content, hex; by the key of today unless told otherwise. */
export function chainMac(before: string, row: AuditContent, key: Buffer = auditKey()): string {
  const content = [row.at.getTime(), row.actorId, row.actor, row.verb, row.object, row.objectId, row.label, row.outcome]
  return createHmac('sha256', key)
    .update(JSON.stringify([before, ...content, row.detail]))
    .digest('hex')
}

function actorName(actor: Actor): string {
  return actor.name
}
