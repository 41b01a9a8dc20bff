import type { Plan } from './plan'
import type { FileStep } from './step'

/**
 * The files that a plan left on one host, by path: what stands in them since, or null where the plan removed the file.
 * The last step on a path counts. Pure.
 */
export function appliedFiles(plan: Plan, hostId: string): ReadonlyMap<string, FileStep['after']> {
  const steps = plan.phases.flatMap((phase) =>
    phase.hosts.filter((host) => host.hostId === hostId).flatMap((host) => host.steps),
  )
  return new Map(steps.flatMap((step) => (step.kind === 'file' ? [[step.path, step.after] as const] : [])))
}
