import type { Check, Plan, Step } from '@/lib/agent'

/** A step with the phase that it is in. */
export interface PlacedStep {
  phaseId: string
  step: Step
}

interface PlanIndex {
  steps: ReadonlyMap<string, readonly PlacedStep[]>
  checks: ReadonlyMap<string, Check>
}

/** The steps of a host in a plan, in the order in which it does them: the journal counts them from 1. */
export function stepsOn(plan: Plan, hostId: string): readonly PlacedStep[] {
  return indexOf(plan).steps.get(hostId) ?? []
}

/** The check of that id. */
export function checkIn(plan: Plan, checkId: string): Check | undefined {
  return indexOf(plan).checks.get(checkId)
}

// A large plan is looked into once for each line of its journal.
const indexes = new WeakMap<Plan, PlanIndex>()

function indexOf(plan: Plan): PlanIndex {
  const known = indexes.get(plan)
  if (known) return known
  const steps = new Map<string, PlacedStep[]>()
  for (const phase of plan.phases)
    for (const { hostId, steps: own } of phase.hosts) {
      const before = steps.get(hostId) ?? []
      for (const step of own) before.push({ phaseId: phase.id, step })
      steps.set(hostId, before)
    }
  const index = { steps, checks: new Map(plan.checks.map((check) => [check.id, check])) }
  indexes.set(plan, index)
  return index
}
