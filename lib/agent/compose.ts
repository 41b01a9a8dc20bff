import type { Agent, PlanHost } from './agent'
import type { Check } from './check'
import { isEmptyPlan, type Plan } from './plan'
import { refuse } from './refuse'
import type { HostSteps, Phase } from './step'

/** An agent as the composition handles it: facts and desired are its own, opaque plain JSON. */
export type AnyAgent = Agent<string, unknown, unknown>

/** One agent's part of a composed change: what is wished of it, and what it found on the hosts. */
export interface ComposedPart {
  agent: AnyAgent
  desired: unknown
  hosts: readonly PlanHost<unknown>[]
}

/**
 * One plan of several agents, in their order: each plans on its own facts as they will read once the plans before it were
 * applied (its own `predict`), so that no agent knows another. The last is the change's agent; it gives the plan its name.
 * Pure. Throws what an agent refuses, and `invalid` where two of them would write one file.
 */
export function composePlans(parts: readonly ComposedPart[]): Plan {
  const plans: Plan[] = []
  for (const { agent, desired, hosts } of parts) {
    const predicted = hosts.map((host) => ({
      ...host,
      facts: plans.reduce((facts, plan) => agent.predict({ ...host, facts }, plan), host.facts),
    }))
    plans.push(agent.plan(predicted, desired))
  }
  const [main] = plans.slice(-1)
  if (!main) throw refuse('Nothing was asked for.')
  if (plans.length === 1) return main
  refuseSharedFiles(plans)
  const working = plans.filter((plan) => !isEmptyPlan(plan))
  const guards = working.flatMap(({ guard }) => guard ?? [])
  return {
    agent: main.agent,
    first: plans.slice(0, -1).map((plan) => plan.agent),
    title: working.length > 0 ? working.map((plan) => plan.title).join('; ') : main.title,
    summary: working.length > 0 ? working.map((plan) => plan.summary).join(' ') : main.summary,
    phases: working.flatMap((plan) => plan.phases.map((phase) => ownPhase(plan.agent.id, phase))),
    checks: working.flatMap((plan) => plan.checks.map((check) => ownCheck(plan.agent.id, check))),
    basis: plans.flatMap((plan) => plan.basis),
    findings: plans.flatMap((plan) => plan.findings),
    guard:
      guards.length === 0
        ? null
        : {
            why: guards.map(({ why }) => why).join(' '),
            outlasts: [...new Set(guards.flatMap((each) => each.outlasts))],
          },
    secrets: [...new Set(plans.flatMap((plan) => plan.secrets ?? []))],
    forgets: [...new Set(plans.flatMap((plan) => plan.forgets ?? []))],
    ...(plans.some(({ once }) => once) ? { once: true } : {}),
    ...(main.next ? { next: main.next } : {}),
    nothingToDo: working.length > 0 ? null : plans.map((plan) => plan.nothingToDo ?? '').join(' '),
  }
}

/** Ids are unique in a plan; two agents may well have chosen the same. */
function ownPhase(agentId: string, phase: Phase): Phase {
  const ownSteps = ({ hostId, steps }: HostSteps) => ({
    hostId,
    steps: steps.map((step) => ({ ...step, id: `${agentId}.${step.id}` })),
  })
  return { ...phase, id: `${agentId}.${phase.id}`, hosts: phase.hosts.map(ownSteps) }
}

function ownCheck(agentId: string, check: Check): Check {
  return { ...check, id: `${agentId}.${check.id}` }
}

/** A file's step says what must stand there before it: two steps on one file would hinder each other. */
function refuseSharedFiles(plans: readonly Plan[]): void {
  const seen = new Map<string, string>()
  for (const { agent, phases } of plans) {
    for (const { hostId, steps } of phases.flatMap((phase) => phase.hosts)) {
      for (const step of steps) {
        if (step.kind !== 'file') continue
        const other = seen.get(`${hostId} ${step.path}`)
        if (other !== undefined && other !== agent.id)
          throw refuse(`Two parts of this change would write ${step.path}. Make them one after the other.`)
        seen.set(`${hostId} ${step.path}`, agent.id)
      }
    }
  }
}
