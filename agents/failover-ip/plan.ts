import type { Phase, Plan, PlanHost } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { type IpAddress, parseAddress, printAddress } from '@/lib/agent/ip-address'
import { basisOf, bystanderBasis } from './basis'
import type { FailoverDesired } from './desired'
import type { FailoverFacts } from './facts'
import { findingsOf } from './findings'
import { refuseElsewhere, resolvePutOn, resolveTakeOff } from './resolve'
import { type HostPart, putOnPart, takeOffPart } from './steps'

export const AGENT = { id: 'failover-ip', version: 1 } as const

type Hosts = readonly PlanHost<FailoverFacts>[]
interface Part {
  part: HostPart
  present: boolean
}

/**
 * The plan for one address: put on, taken off, or first taken off here and then put on there. Every plan is guarded.
 * Throws AppError `invalid` when the wish cannot be met.
 */
export function planFailover(hosts: Hosts, desired: FailoverDesired): Plan {
  const address = parseAddress(desired.address)
  if (!address) throw refuse('This is no IPv4 or IPv6 address.', 'address')
  const parts = partsOf(hosts, desired, address)
  const working = parts.filter(({ part }) => part.steps.length > 0)
  const involved = parts.map(({ part }) => part.host.hostId)
  return {
    agent: AGENT,
    title: titleOf(parts, desired),
    summary: working.length === 0 ? 'Nothing is changed.' : summaryOf(parts, desired),
    phases: working.map(phaseOf),
    checks: working.flatMap(({ part }) => part.checks),
    basis: [
      ...parts.flatMap(({ part }) => basisOf(part, address)),
      ...hosts.filter(({ hostId }) => !involved.includes(hostId)).map((host) => bystanderBasis(host, address)),
    ],
    findings: findingsOf(parts, desired, address),
    guard: {
      why: 'A wrong address, or one that another machine holds, can cost the way to a host.',
      outlasts: desired.operation === 'move' ? [desired.from.hostId] : [],
    },
    nothingToDo: working.length > 0 ? null : nothingToDo(parts, desired),
  }
}

function partsOf(hosts: Hosts, desired: FailoverDesired, address: IpAddress): Part[] {
  const isKept = desired.keep === 'boot'
  if (desired.operation === 'remove') {
    const off = resolveTakeOff(hosts, desired.from, address, desired.keep)
    return [{ part: takeOffPart(off, 0, address, isKept), present: false }]
  }
  if (desired.operation === 'add') {
    const on = resolvePutOn(hosts, desired.to, address, desired.keep)
    refuseElsewhere(hosts, address, [desired.to.hostId])
    return [{ part: putOnPart(on, 0, address, isKept, desired.announce), present: true }]
  }
  if (desired.from.hostId === desired.to.hostId) {
    throw refuse('An address moves from one host to another. Choose two hosts.', 'to.hostId')
  }
  const off = resolveTakeOff(hosts, desired.from, address, desired.keep)
  const on = resolvePutOn(hosts, desired.to, address, desired.keep)
  refuseElsewhere(hosts, address, [desired.from.hostId, desired.to.hostId])
  if (off.live && on.isLive) {
    throw refuse(
      `${off.host.name} and ${on.host.name} both have ${address.host} now. Take it off one of them first.`,
      'address',
    )
  }
  if (!off.live && !on.isLive) {
    throw refuse(
      `${off.host.name} does not have ${printAddress(address)} on ${off.device.name}, so there is nothing to move. Add it to ${on.host.name} instead.`,
      'address',
    )
  }
  return [
    { part: takeOffPart(off, 0, address, isKept), present: false },
    { part: putOnPart(on, 1, address, isKept, desired.announce), present: true },
  ]
}

function phaseOf({ part, present }: Part): Phase {
  const { host, device, steps } = part
  return {
    id: present ? 'put-on' : 'take-off',
    title: present ? `Put on ${host.name}` : `Take off ${host.name}`,
    ...(present ? { note: `Only after nobody answered for it on ${device.name}.` } : {}),
    hosts: [{ hostId: host.hostId, steps }],
  }
}

function titleOf(parts: readonly Part[], { address, operation }: FailoverDesired): string {
  const [first, second] = parts.map(({ part }) => part.host.name)
  if (operation === 'move') return `${address} from ${first} to ${second}`
  return operation === 'add' ? `${address} on ${first}` : `${address} off ${first}`
}

function summaryOf(parts: readonly Part[], desired: FailoverDesired): string {
  const { address, operation, keep } = desired
  const [first, second] = parts.map(({ part }) => `${part.device.name} of ${part.host.name}`)
  const when = keep === 'boot' ? 'now and at every boot' : 'until the next boot'
  if (operation === 'move') {
    return `Takes ${address} off ${first}, then puts it on ${second}, ${when}. Undo takes it back, never on both at once.`
  }
  return operation === 'add'
    ? `Puts ${address} on ${first}, ${when}. Undo takes it off again.`
    : `Takes ${address} off ${first}, ${when}. Undo puts it back once nobody else answers for it.`
}

function nothingToDo(parts: readonly Part[], { address, operation, keep }: FailoverDesired): string {
  const [first, second] = parts.map(({ part }) => part.host.name)
  const kept = keep === 'boot' ? ' and keeps it over a boot' : ''
  if (operation === 'move') return `${second} has ${address} already${kept}, and ${first} does not.`
  return operation === 'add' ? `${first} has ${address} already${kept}.` : `${first} does not have ${address}.`
}
