import { type IpAddress, isInNet, parseAddress } from '@/lib/agent/ip-address'
import type { LiveAddress } from '@/lib/agent/live-address'
import { cidrOf, type DeviceFacts, type FailoverFacts } from './facts'
import { stanzasOn } from './ifupdown'

/** Addresses that stay while the host does: none of DHCP's, of routers' announcements, or of the link alone. */
export function lastingAddresses(device: DeviceFacts): LiveAddress[] {
  const passing = ['dynamic', 'temporary', 'mngtmpaddr']
  return device.addresses.filter(
    ({ scope, flags }) => scope !== 'link' && !flags.some((flag) => passing.includes(flag)),
  )
}

/**
 * The address that the host goes out from on a family's default route: the route's own source, else the first of that
 * device in the gateway's net, else the first. Null where the family has no default route.
 */
export function mainAddress(facts: FailoverFacts, family: 4 | 6): { device: string; address: LiveAddress } | null {
  const route = facts.defaultRoutes.find((one) => one.family === family)
  const device = facts.devices.find((one) => one.name === route?.device)
  if (!route || !device) return null
  const own = device.addresses.filter((one) => one.family === family && one.scope === 'global')
  const gateway = parseAddress(route.via ?? '')
  const inNet = own.find((one) => {
    const net = parseAddress(cidrOf(one))
    return gateway !== null && net !== null && net.prefix < (family === 4 ? 32 : 128) && isInNet(gateway, net)
  })
  const address = own.find((one) => one.host === route.src) ?? inNet ?? own.find((one) => !isAlias(one)) ?? own[0]
  return address ? { device: device.name, address } : null
}

/** Whether an address looks like one that was put there besides the host's own: alone in its net, or under a label. */
export function looksLikeFailover(facts: FailoverFacts, device: DeviceFacts, address: LiveAddress): boolean {
  if (address.scope !== 'global' || isLoopback(device) || address.flags.includes('dynamic')) return false
  const main = mainAddress(facts, address.family)
  if (main && main.device === device.name && main.address.host === address.host) return false
  const isAlone = address.prefix === (address.family === 4 ? 32 : 128) && address.peer === null
  return isAlone || isAlias(address) || address.flags.includes('secondary')
}

/** The loopback device. */
export function isLoopback(device: DeviceFacts): boolean {
  return device.addresses.some(({ host }) => host === '127.0.0.1' || host === '::1')
}

function isAlias({ label }: LiveAddress): boolean {
  return label?.includes(':') ?? false
}

/** The live address of this host part anywhere on the host. */
export function findLive(facts: FailoverFacts, address: IpAddress): { device: DeviceFacts; live: LiveAddress } | null {
  for (const device of facts.devices) {
    const live = device.addresses.find((one) => one.host === address.host)
    if (live) return { device, live }
  }
  return null
}

/** The first free `eth0:0`, `eth0:1`, …; null where the name would be too long (IFNAMSIZ). */
export function freeLabel(facts: FailoverFacts, device: DeviceFacts): string | null {
  const used = new Set([
    ...device.addresses.map(({ label }) => label),
    ...stanzasOn(facts, device.name).map(({ stanza }) => stanza.name),
  ])
  const label = Array.from({ length: used.size + 1 }, (_, n) => `${device.name}:${n}`).find((name) => !used.has(name))
  return label !== undefined && label.length <= 15 ? label : null
}

/** Addresses that the kernel takes away with this one: secondaries of its net, where they do not step forward. */
export function droppedWith(device: DeviceFacts, address: LiveAddress): LiveAddress[] {
  const net = parseAddress(cidrOf(address))
  if (address.family === 6 || address.flags.includes('secondary') || device.promotesSecondaries === true || !net)
    return []
  return device.addresses.filter((other) => {
    const ip = parseAddress(cidrOf(other))
    return other.flags.includes('secondary') && other.prefix === address.prefix && ip !== null && isInNet(ip, net)
  })
}
