import type { PlanHost } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { type IpAddress, printAddress } from '@/lib/agent/ip-address'
import type { LiveAddress } from '@/lib/agent/live-address'
import { droppedWith, findLive, freeLabel, isLoopback, mainAddress } from './addresses'
import type { FailoverDesired, NewPlace, Place } from './desired'
import { type DeviceFacts, type FailoverFacts, findDevice } from './facts'
import { keptAt, whyNotKept } from './kept'
import { addressLabelProblem } from './label'
import { listNames } from './names'

export type Host = PlanHost<FailoverFacts>

/** One host on which the address shall be. */
export interface PutOn {
  host: Host
  device: DeviceFacts
  /** Null where it has none (IPv6, a long name). */
  label: string | null
  isLive: boolean
}

/** One host on which the address shall not be. */
export interface TakeOff {
  host: Host
  device: DeviceFacts
  live: LiveAddress | null
}

/** The host of the wish and its device. Throws `invalid` when one of them is gone or cannot be used. */
export function placeOf(
  hosts: readonly Host[],
  place: Place,
  field: 'from' | 'to',
): { host: Host; device: DeviceFacts } {
  const host = hosts.find((one) => one.hostId === place.hostId)
  if (!host) throw refuse('A chosen host has no facts. Read its facts, then plan again.', `${field}.hostId`)
  if (!host.facts.hasIp) {
    throw refuse(
      `${host.name} has no program "ip" (iproute2), so Pollux cannot change its addresses.`,
      `${field}.hostId`,
    )
  }
  const device = findDevice(host.facts, place.device)
  if (!device) {
    const names = host.facts.devices.map(({ name }) => name)
    throw refuse(`${host.name} has no device ${place.device}. It has ${listNames(names)}.`, `${field}.device`)
  }
  if (isLoopback(device)) {
    throw refuse(
      `${device.name} on ${host.name} is the loopback device: nobody reaches an address there.`,
      `${field}.device`,
    )
  }
  return { host, device }
}

/** Where the address shall be put on. Throws `invalid` with the reason when it must not be. */
export function resolvePutOn(
  hosts: readonly Host[],
  to: NewPlace,
  address: IpAddress,
  keep: FailoverDesired['keep'],
): PutOn {
  const { host, device } = placeOf(hosts, to, 'to')
  refuseUnkept(host, device, keep, 'to.device')
  const there = findLive(host.facts, address)
  if (
    there &&
    (there.device.name !== device.name || there.live.prefix !== address.prefix || there.live.peer !== null)
  ) {
    const { host: ip, prefix } = there.live
    throw refuse(
      `${host.name} has ${ip}/${prefix} on ${there.device.name} already. Choose that, or take it off first.`,
      'address',
    )
  }
  if (there) refuseForeign(host, there, address)
  const kept = keptAt(host.facts, device, address)
  const alias = there?.live.label ?? kept.find((one) => one.alias !== null)?.alias ?? null
  return { host, device, label: alias ?? labelOf(host, device, to, address), isLive: there !== null }
}

/** An address that the host got by itself, or that is its own, is nobody's to move. */
function refuseForeign(
  host: Host,
  { device, live }: { device: DeviceFacts; live: LiveAddress },
  address: IpAddress,
): void {
  const main = mainAddress(host.facts, address.family)
  if (main?.device === device.name && main.address.host === address.host) {
    throw refuse(
      `${address.host} is the main address of ${host.name}: its way to the gateway leaves from it. A failover IP is one that it has besides.`,
      'address',
    )
  }
  if (live.flags.includes('dynamic')) {
    throw refuse(
      `${address.host} on ${host.name} comes by DHCP or from a router's announcement, which decides about it.`,
      'address',
    )
  }
}

function labelOf(host: Host, device: DeviceFacts, to: NewPlace, address: IpAddress): string | null {
  if (to.label === undefined) return address.family === 4 ? freeLabel(host.facts, device) : null
  const problem = addressLabelProblem(host, device, to.label, address)
  if (problem) throw refuse(problem, 'to.label')
  return to.label
}

/** Where the address shall be taken off. Throws `invalid` with the reason when it must not be. */
export function resolveTakeOff(
  hosts: readonly Host[],
  from: Place,
  address: IpAddress,
  keep: FailoverDesired['keep'],
): TakeOff {
  const { host, device } = placeOf(hosts, from, 'from')
  refuseUnkept(host, device, keep, 'from.device')
  const live = device.addresses.find((one) => one.host === address.host) ?? null
  if (!live) return { host, device, live }
  const name = printAddress(address)
  if (live.prefix !== address.prefix || live.peer !== null) {
    throw refuse(`${host.name} has ${live.host}/${live.prefix} on ${device.name}, not ${name}.`, 'address')
  }
  refuseForeign(host, { device, live }, address)
  const { logins } = host.facts
  if (logins !== null && logins.length === 1 && logins[0] === address.host) {
    throw refuse(
      `Pollux itself reaches ${host.name} at ${address.host}. Give the host another address in the inventory first.`,
      'address',
    )
  }
  const dropped = droppedWith(device, live)
  if (dropped.length > 0) {
    throw refuse(
      `${name} is the first address of its net on ${device.name} of ${host.name}. Taking it off would take ${listNames(dropped.map((one) => one.host))} off too. Set net.ipv4.conf.${device.name}.promote_secondaries to 1 first.`,
      'address',
    )
  }
  return { host, device, live }
}

/** No host that was read may hold the address besides those of the wish. */
export function refuseElsewhere(hosts: readonly Host[], address: IpAddress, but: readonly string[]): void {
  for (const host of hosts) {
    if (but.includes(host.hostId)) continue
    const there = findLive(host.facts, address)
    if (there) {
      throw refuse(
        `${host.name} has ${address.host} on ${there.device.name}. Two hosts must never have it: move it from there instead.`,
        'address',
      )
    }
  }
}

function refuseUnkept({ name }: Host, device: DeviceFacts, keep: FailoverDesired['keep'], field: string): void {
  const why = keep === 'boot' ? whyNotKept(device) : null
  if (why) throw refuse(`On ${name}, ${why}. Choose "until the next boot", and keep it over a boot by hand.`, field)
}
