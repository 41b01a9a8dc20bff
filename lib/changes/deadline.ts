import type { Plan } from '@/lib/agent'
import { longest } from './on-host/supervisor-script'

/** Seconds that a host allows, beyond its steps and checks, for barriers and for being told to go on. */
const slackS = 120

/**
 * Seconds from the start of a change after which a host takes it back by itself, when nobody confirmed it: as long as
 * its slowest host may take for each phase, and some more for the ways between.
 */
export function deadlineOf(plan: Plan): number {
  const phases = plan.phases.map((phase) =>
    Math.max(0, ...phase.hosts.map(({ steps }) => steps.reduce((sum, step) => sum + longest(step), 0))),
  )
  const checks = plan.checks.reduce((sum, check) => sum + check.timeoutS, 0)
  return phases.reduce((sum, seconds) => sum + seconds, 0) + checks + slackS
}
