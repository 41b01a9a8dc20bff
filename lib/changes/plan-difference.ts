import type { Check, FileStep, Plan, Step } from '@/lib/agent'
import { expectedText } from './on-host/check-script'

export type HowDiffers = 'added' | 'removed' | 'changed'

/** A file that the new plan leaves otherwise than the one that was approved; latin1, null where there is none. */
export interface FileDifference {
  hostId: string
  path: string
  before: string | null
  after: string | null
}

/** What a person who approved one plan has to look at in the next. */
export interface PlanDifference {
  /** Steps in the order of the new plan, those that are gone behind them. */
  steps: { hostId: string; title: string; how: HowDiffers }[]
  files: FileDifference[]
  checks: { hostId: string; title: string; how: HowDiffers; before: string | null; after: string | null }[]
}

/** Compares two plans of one change: what was approved, and what it is on newer facts. Give it masked plans. */
export function planDifference(approved: { plan: Plan }, fresh: { plan: Plan }): PlanDifference {
  const pairs = pairsOf(stepsOf(approved.plan), stepsOf(fresh.plan))
  const checks = pairsOf(checksOf(approved.plan), checksOf(fresh.plan))
  return {
    steps: pairs.map(({ hostId, was, is }) => ({ hostId, title: (is ?? was)?.title ?? '', how: howOf(was, is) })),
    files: pairs.flatMap(({ hostId, was, is }) => fileDifference(hostId, was, is)),
    checks: checks.map(({ hostId, was, is }) => ({
      hostId,
      title: (is ?? was)?.title ?? '',
      how: howOf(was, is),
      before: was ? expectedText(was) : null,
      after: is ? expectedText(is) : null,
    })),
  }
}

interface Part<T> {
  hostId: string
  id: string
  value: T
}

interface Pair<T> {
  hostId: string
  was: T | null
  is: T | null
}

/** What is in one list only, or differs in any byte. */
function pairsOf<T>(before: readonly Part<T>[], now: readonly Part<T>[]): Pair<T>[] {
  const key = (part: Part<T>) => `${part.hostId} ${part.id}`
  const old = new Map(before.map((part) => [key(part), part]))
  const fresh = new Map(now.map((part) => [key(part), part]))
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((each) => {
    const [was, is] = [old.get(each), fresh.get(each)]
    const hostId = (is ?? was)?.hostId ?? ''
    if (JSON.stringify(was?.value) === JSON.stringify(is?.value)) return []
    return [{ hostId, was: was?.value ?? null, is: is?.value ?? null }]
  })
}

function stepsOf(plan: Plan): Part<Step>[] {
  return plan.phases.flatMap((phase) =>
    phase.hosts.flatMap(({ hostId, steps }) => steps.map((step) => ({ hostId, id: step.id, value: step }))),
  )
}

function checksOf(plan: Plan): Part<Check>[] {
  return plan.checks.map((check) => ({ hostId: check.hostId, id: check.id, value: check }))
}

function howOf(was: unknown, is: unknown): HowDiffers {
  if (was === null) return 'added'
  return is === null ? 'removed' : 'changed'
}

function fileDifference(hostId: string, was: Step | null, is: Step | null): FileDifference[] {
  const [old, now] = [asFile(was), asFile(is)]
  const path = (now ?? old)?.path
  if (path === undefined) return []
  const [before, after] = [old?.after?.bytes ?? null, now?.after?.bytes ?? null]
  return before === after ? [] : [{ hostId, path, before, after }]
}

function asFile(step: Step | null): FileStep | null {
  return step?.kind === 'file' ? step : null
}
