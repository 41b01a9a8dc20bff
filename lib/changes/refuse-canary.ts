import type { Plan } from '@/lib/agent'
import { AppError } from '@/lib/errors'

/**
 * The hosts of a plan that may go first, alone: all that have steps, where there are several. None where the hosts
 * depend on each other (rule 6): one alone would take over what another still holds.
 */
export function canariesOf(plan: Plan): string[] {
  if (plan.guard !== null && plan.guard.outlasts.length > 0) return []
  const withSteps = plan.phases.flatMap((phase) => phase.hosts.filter((host) => host.steps.length > 0))
  const ids = [...new Set(withSteps.map((host) => host.hostId))]
  return ids.length > 1 ? ids : []
}

/** Throws AppError `invalid` when this host cannot go first. */
export function refuseCanary(plan: Plan, canaryId: string): void {
  if (canariesOf(plan).includes(canaryId)) return
  const sentence = 'No host of this plan can go first alone: there is only one, or they depend on each other.'
  throw new AppError('invalid', `expected a host that can go first, got ${canaryId}`, { userMessage: sentence })
}
