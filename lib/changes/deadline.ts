import { isFarCheck, type Plan } from '@/lib/agent'
import { guardTimesAsked } from '@/lib/config/guard-times'
import { single } from '@/lib/config/single'
import { secondsToLook } from './far-looks'
import { longest } from './on-host/supervisor-script'

/** The times that the guard rests on, in seconds. Short ones are injected by tests and by the fault matrix. */
export interface GuardTimes {
  /** What a host allows, beyond its steps and checks, for barriers and for being told to go on. */
  slackS: number
  /** By how much the deadline of a host that must give back last is later than the others'. */
  marginS: number
  /** Between the two logins that confirm a guarded change (rule 7). */
  betweenLoginsS: number
}

const usual: GuardTimes = { slackS: 120, marginS: 60, betweenLoginsS: 10 }

/** The times in force: the usual ones, or those of POLLUX_GUARD_TIMES. */
export function guardTimes(): GuardTimes {
  return timesInForce().times
}

/** Puts other times in force, for tests. */
export function setGuardTimes(times: Partial<GuardTimes>): void {
  timesInForce().times = { ...usual, ...times }
}

function timesInForce(): { times: GuardTimes } {
  return single('guard-times', () => ({ times: { ...usual, ...guardTimesAsked() } }))
}

/**
 * Seconds from the start of a change after which a host takes it back by itself, when nobody confirmed it: as long as
 * the slowest host may take for each phase, and some more for the ways between.
 */
export function deadlineOf(plan: Plan, hostId: string): number {
  const { slackS, marginS } = guardTimes()
  const phases = plan.phases.map((phase) =>
    Math.max(0, ...phase.hosts.map(({ steps }) => steps.reduce((sum, step) => sum + longest(step), 0))),
  )
  const checks = plan.checks.filter((check) => !isFarCheck(check)).reduce((sum, check) => sum + check.timeoutS, 0)
  const own = plan.guard?.outlasts.includes(hostId) ? marginS : 0
  return phases.reduce((sum, seconds) => sum + seconds, 0) + checks + secondsToLook(plan) + slackS + own
}
