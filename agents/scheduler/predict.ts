import type { FileStep, Plan, PlanHost } from '@/lib/agent'
import { type FoundDocument, type SchedulerFacts, schedulerPath } from './facts'
import { RULE_FILE } from './udev-rules'

/** The host's facts once the plan was applied: the files as written, and each disk as its check will prove. */
export function predictFacts({ hostId, facts }: PlanHost<SchedulerFacts>, plan: Plan): SchedulerFacts {
  const steps = plan.phases.flatMap((phase) => phase.hosts.filter((host) => host.hostId === hostId))
  const files = steps.flatMap((host) => host.steps.filter((step) => step.kind === 'file'))
  const uses = new Map<string, string>()
  for (const { hostId: of, read, expect } of plan.checks) {
    const name = 'includes' in expect ? /^\[(.*)\]$/.exec(expect.includes)?.[1] : undefined
    if (of === hostId && 'file' in read && name !== undefined) uses.set(read.file, name)
  }
  return {
    ...facts,
    ruleFile: after(facts.ruleFile, files, RULE_FILE),
    rcLocal: after(facts.rcLocal, files, '/etc/rc.local'),
    rcLocalRedHat: after(facts.rcLocalRedHat, files, '/etc/rc.d/rc.local'),
    devices: facts.devices.map((device) => ({
      ...device,
      active: uses.get(schedulerPath(device.name)) ?? device.active,
    })),
  }
}

function after(found: FoundDocument, files: readonly FileStep[], path: string): FoundDocument {
  const isLink = found.state === 'there' && found.type === 'link'
  const step = files.findLast((file) => file.path === (isLink ? found.target : path))
  if (!step) return found
  if (isLink && step.after !== null) return { ...found, ...step.after }
  return step.after === null ? { state: 'absent' } : { state: 'there', type: 'file', target: null, ...step.after }
}
