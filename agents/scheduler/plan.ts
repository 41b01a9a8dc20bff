import type { Plan, PlanHost } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import type { SchedulerDesired } from './desired'
import type { SchedulerFacts } from './facts'
import { type HostPlan, planHost } from './plan-host'
import { listNames } from './settable'

export const AGENT = { id: 'scheduler', version: 1 } as const

/**
 * The plan for the chosen hosts: one phase, since no host's disks depend on another's.
 * Throws AppError `invalid` when a wish cannot be met.
 */
export function planSchedulers(hosts: readonly PlanHost<SchedulerFacts>[], desired: SchedulerDesired): Plan {
  const known = new Set(hosts.map((host) => host.hostId))
  const stray = Object.keys(desired.hosts).find((hostId) => !known.has(hostId))
  if (stray !== undefined)
    throw refuse('A chosen host has no facts. Read its facts, then plan again.', `hosts.${stray}`)
  const plans = hosts
    .filter((host) => Object.keys(desired.hosts[host.hostId] ?? {}).length > 0)
    .map((host, index) => planHost(host, index, desired))
  const working = plans.filter((plan) => plan.steps.length > 0)
  return {
    agent: AGENT,
    title: titleOf(plans),
    summary: summaryOf(working, desired),
    phases:
      working.length === 0
        ? []
        : [{ id: 'set', title: 'Set', hosts: working.map(({ hostId, steps }) => ({ hostId, steps })) }],
    checks: working.flatMap((plan) => plan.checks),
    basis: plans.flatMap((plan) => plan.basis),
    guard: null,
    findings: plans.flatMap((plan) => plan.findings),
    nothingToDo: working.length > 0 ? null : nothingToDo(plans, desired),
  }
}

function titleOf(plans: readonly HostPlan[]): string {
  const disks = plans.flatMap((plan) => [
    ...plan.choices.set.map(({ device }) => device.name),
    ...plan.choices.leave.map(({ device, identity }) => device?.name ?? identity.value),
  ])
  const what = disks.length === 1 ? (disks[0] ?? '') : `${disks.length} disks`
  const names = plans.map((plan) => plan.name)
  const where = names.length > 4 ? `${names.length} hosts` : listNames(names)
  return plans.length === 0 ? 'Scheduler of no disk' : `Scheduler of ${what} on ${where}`
}

function summaryOf(working: readonly HostPlan[], { persistence }: SchedulerDesired): string {
  if (working.length === 0) return 'Nothing is changed.'
  const where = working.length > 4 ? `${working.length} hosts` : listNames(working.map((plan) => plan.name))
  const set = working.flatMap((plan) => plan.choices.set)
  if (set.length === 0) {
    return `Stops setting it at boot on ${where}. What the disks use now stays. Undo puts the lines back.`
  }
  const what =
    set.length > 6 ? `the schedulers of ${set.length} disks of ${where}` : listNames(working.flatMap(settingsOf))
  const when = persistence === 'boot' ? 'now and at every boot' : 'until the next reboot'
  return `Sets ${what}, ${when}. Undo puts back what each disk used before.`
}

/** "mq-deadline on sda and sdb of umber", one for each scheduler. */
function settingsOf({ name, choices }: HostPlan): string[] {
  const schedulers = [...new Set(choices.set.map(({ scheduler }) => scheduler))]
  return schedulers.map((scheduler) => {
    const disks = choices.set.filter((choice) => choice.scheduler === scheduler).map(({ device }) => device.name)
    return `${scheduler} on ${listNames(disks)} of ${name}`
  })
}

function nothingToDo(plans: readonly HostPlan[], { persistence }: SchedulerDesired): string {
  if (plans.every((plan) => plan.choices.set.length === 0)) {
    return 'Every chosen disk is left as it is, and Pollux sets none of them at boot.'
  }
  return persistence === 'boot'
    ? 'Every chosen disk already uses what was chosen, and keeps it over a reboot.'
    : 'Every chosen disk already uses what was chosen.'
}
