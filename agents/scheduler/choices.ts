import type { PlanHost } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import type { SchedulerDesired } from './desired'
import { type Device, type Identity, type SchedulerFacts, schedulerPath } from './facts'
import { parseIdentityKey } from './identity'
import { mandatorySchedulers } from './recommend'
import { listNames, whyNotSettable } from './settable'

/** One device that shall use a scheduler. */
export interface SetChoice {
  device: Device
  scheduler: string
}

/** What is wished for one host, held against what it has. */
export interface HostChoices {
  set: readonly SetChoice[]
  /** Devices that Pollux shall not set at boot any more; one that is gone has its identity only. */
  leave: readonly { identity: Identity; device: Device | null }[]
}

/** Throws AppError `invalid` for a device that is gone, a scheduler that is not offered, or knobs that cannot be written. */
export function resolveChoices(host: PlanHost<SchedulerFacts>, desired: SchedulerDesired): HostChoices {
  const wishes = Object.entries(desired.hosts[host.hostId] ?? {})
  const set: SetChoice[] = []
  const leave: { identity: Identity; device: Device | null }[] = []
  for (const [key, wish] of wishes) {
    const device = host.facts.devices.find((found) => found.key === key) ?? null
    const identity = device?.identity ?? parseIdentityKey(key)
    if (wish === 'leave' && identity) leave.push({ identity, device })
    else if (wish !== 'leave' && device) set.push(settable(host, device, wish))
    else throw refuse(goneSentence(host.name, identity), `hosts.${host.hostId}.${key}`)
  }
  if (set.length > 0) refuseForeignKnobs(host)
  const order = new Map(host.facts.devices.map((device, index) => [device.key, index]))
  return { set: set.sort((a, b) => (order.get(a.device.key) ?? 0) - (order.get(b.device.key) ?? 0)), leave }
}

function goneSentence(host: string, identity: Identity | null): string {
  const what = identity
    ? `The disk with ${identity.kind === 'name' ? 'name' : 'id'} ${identity.value}`
    : 'A chosen disk'
  return `${what} is not on ${host} any more. Read the facts again, then choose from the disks that are there.`
}

function settable(host: PlanHost<SchedulerFacts>, device: Device, scheduler: string): SetChoice {
  const field = `hosts.${host.hostId}.${device.key}`
  const whyNot = whyNotSettable(device)
  if (whyNot) throw refuse(`The scheduler of ${device.name} on ${host.name} cannot be set. ${whyNot}`, field)
  if (!device.offered.includes(scheduler)) {
    throw refuse(
      `${device.name} on ${host.name} does not offer ${scheduler}. Its kernel offers ${listNames(device.offered)}.`,
      field,
    )
  }
  const only = mandatorySchedulers(device)?.filter((name) => device.offered.includes(name))
  if (only && !only.includes(scheduler)) {
    const instead = only.length > 0 ? `Choose ${only.join(' or ')}.` : 'Leave it as it is.'
    throw refuse(
      `${device.name} on ${host.name} is a host-managed zoned disk; ${scheduler} may break the order of its writes. ${instead}`,
      field,
    )
  }
  return { device, scheduler }
}

function refuseForeignKnobs({ name, facts }: PlanHost<SchedulerFacts>): void {
  if (facts.container !== null) {
    throw refuse(
      `${name} is a container (${facts.container}): its disks' schedulers are those of the machine it runs on. Set them there.`,
    )
  }
  if (facts.sysReadOnly) {
    throw refuse(
      `/sys is mounted read-only on ${name}, so no scheduler can be set, as in a container. Set it on the machine itself, or mount /sys writable.`,
    )
  }
}

/** The path of the device's knob, for steps and checks. */
export function knobPath(device: Device): string {
  return schedulerPath(device.name)
}
