import type { Plan } from '@/lib/agent'
import { seal, unseal } from '@/lib/secrets/seal'
import { openedOnce } from './opened-plans'

/** What was asked of one agent. */
export interface Wish {
  agentId: string
  desired: unknown
}

/** What a change was made from, so that its plan can be made again on fresh facts. */
export type Origin =
  | ({ kind: 'wizard'; hostIds: readonly string[] } & Wish & { first?: readonly Wish[] })
  | { kind: 'revert'; changeId: number }

/** One host of a plan, by the name it had then. */
export interface RecordedHost {
  id: string
  name: string
}

/** All that a change's approval binds to, as it is kept (sealed: files may hold secrets). */
export interface PlanRecord {
  origin: Origin
  plan: Plan
  desired: unknown
  /** What the agents before it were asked for, in a composed change. */
  first?: readonly Wish[]
  hostKeys: Readonly<Record<string, readonly string[]>>
  hosts: readonly RecordedHost[]
  digest: string
  /** The plan on newer facts, when they made this one stale: waits for a new approval. */
  fresh?: Omit<PlanRecord, 'fresh'>
}

/** What a change asked of one agent; null for an agent that has no part in it. */
export function wishIn({ plan, desired, first = [] }: PlanRecord, agentId: string): Wish | null {
  return [{ agentId: plan.agent.id, desired }, ...first].find((wish) => wish.agentId === agentId) ?? null
}

/** Seals a plan for the row of its change. `row` is the change's digest at birth, which the row keeps apart. */
export function sealPlan(record: PlanRecord): Uint8Array<ArrayBuffer> {
  return seal(JSON.stringify(record), place)
}

/** Opens a sealed plan. Throws AppError `internal` when the key does not fit. One that holds secrets is opened anew each time. */
export function openPlan(sealed: Uint8Array): PlanRecord {
  return openedOnce(sealed, () => {
    const value = JSON.parse(unseal(sealed, place)) as PlanRecord
    const hasSecrets = [value, value.fresh].some((record) => (record?.plan.secrets ?? []).length > 0)
    return { value, mayStay: !hasSecrets }
  })
}

const place = { table: 'change', row: 'plan', field: 'sealedPlan' }
