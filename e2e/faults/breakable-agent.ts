import { z } from 'zod'
import type { AnyAgent } from '@/lib/agent'
import { isEmptyPlan, type Plan, type Step } from '@/lib/agent'

const breakable = z.object({ wish: z.unknown(), fails: z.boolean() })

/**
 * Seconds that one step, a file's step, an installation (a guest is slow) and one check may take in the matrix, so that deadlines come soon.
 * A restart of Postfix starts some two hundred processes, each of which takes its time on a busy machine. A mesh writes many
 * small files.
 */
const longestStepS = 15
const longestFileS = 8
const longestFileOfS: Readonly<Record<string, number>> = { ipsec: 4 }
const longestStepOfS: Readonly<Record<string, number>> = { postfix: 45 }
const longestInstallS = 40
const longestCheckS = 5

/**
 * The agent, with a wish that can ask beside its own for a proof that must fail, and with short times: everything else of
 * the plan is the agent's own.
 */
export function breakableAgent(agent: AnyAgent): AnyAgent {
  return {
    ...agent,
    desired: breakable,
    plan(hosts, desired) {
      const { wish, fails } = breakable.parse(desired)
      const plan = hurried(agent.plan(hosts, agent.desired.parse(wish)), {
        install: longestInstallS,
        file: longestFileOfS[agent.id] ?? longestFileS,
        other: longestStepOfS[agent.id] ?? longestStepS,
      })
      return fails && !isEmptyPlan(plan) ? withFailingProof(plan) : plan
    },
    drift: () => [],
  }
}

function hurried(plan: Plan, longestS: Record<'install' | 'file' | 'other', number>): Plan {
  const longest = ({ kind }: Step) => longestS[kind === 'install' || kind === 'file' ? kind : 'other']
  const short = (step: Step): Step => ({ ...step, timeoutS: Math.min(step.timeoutS, longest(step)) })
  return {
    ...plan,
    phases: plan.phases.map((phase) => ({
      ...phase,
      hosts: phase.hosts.map((host) => ({ ...host, steps: host.steps.map(short) })),
    })),
    checks: plan.checks.map((check) => ({ ...check, timeoutS: Math.min(check.timeoutS, longestCheckS) })),
  }
}

function withFailingProof(plan: Plan): Plan {
  const hostIds = [...new Set(plan.phases.flatMap((phase) => phase.hosts.map((host) => host.hostId)))]
  const proofs = hostIds.map((hostId) => ({
    id: `never-${hostId}`,
    hostId,
    title: 'Holds never',
    weight: 'must' as const,
    read: { file: '/proc/sys/kernel/ostype' },
    expect: { equals: 'never' },
    timeoutS: 2,
  }))
  return { ...plan, checks: [...plan.checks, ...proofs] }
}
