import type { Tx } from '@/lib/db'
import { openPlan, type PlanRecord, sealPlan } from './plan-record'

/**
 * Takes out of the store what nobody needs of a change that has ended (`Plan.forgets`). Called by whatever ends a change, in
 * the same unit of work.
 */
export async function forgetSecrets(tx: Tx, changeId: number): Promise<void> {
  const { sealedPlan } = await tx.change.findUniqueOrThrow({ where: { id: changeId }, select: { sealedPlan: true } })
  const record = openPlan(sealedPlan)
  const { fresh } = record
  if (!record.plan.forgets?.length && !fresh?.plan.forgets?.length) return
  const left: PlanRecord = { ...withoutForgotten(record), ...(fresh ? { fresh: withoutForgotten(fresh) } : {}) }
  await tx.change.update({ where: { id: changeId }, data: { sealedPlan: sealPlan(left) } })
}

/**
 * The record with an empty text for each input that holds what is forgotten, as on the hosts, and for each word of the wish
 * that is just that. Nothing else is touched: a short secret may stand by chance in any word of the plan.
 */
export function withoutForgotten<T extends Omit<PlanRecord, 'fresh'>>(record: T): T {
  const { plan, desired, origin, first } = record
  const { forgets = [], secrets = [] } = plan
  const inInput = (text: string, key: string) => key === 'input' && forgets.some((secret) => text.includes(secret))
  const isWhole = (text: string) => forgets.includes(text)
  return {
    ...record,
    plan: {
      ...emptied({ ...plan, secrets: [], forgets: [] }, inInput),
      secrets: secrets.filter((secret) => !forgets.includes(secret)),
    },
    desired: emptied(desired, isWhole),
    origin: emptied(origin, isWhole),
    ...(first ? { first: emptied(first, isWhole) } : {}),
  }
}

/** A copy of plain JSON with an empty text in place of each that is to go; `key` is the name of the text's field. */
function emptied<T>(value: T, isToGo: (text: string, key: string) => boolean): T {
  const walk = (each: unknown, key: string): unknown => {
    if (typeof each === 'string') return isToGo(each, key) ? '' : each
    if (Array.isArray(each)) return each.map((one) => walk(one, key))
    if (each === null || typeof each !== 'object') return each
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, walk(inner, name)]))
  }
  // The walk keeps every shape and changes strings only.
  return walk(value, '') as T
}
