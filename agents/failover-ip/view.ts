import { parseAddress } from '@/lib/agent/ip-address'
import type { LiveAddress } from '@/lib/agent/live-address'
import { problemOfAddress } from '@/lib/agent/typed-address'
import { isLoopback, looksLikeFailover, mainAddress } from './addresses'
import { cidrOf, type DeviceFacts, type FailoverFacts, type StackName } from './facts'
import { addressInName } from './file-of-address'
import { keepEdit, keptAt, whyNotKept } from './kept'
import { ownName } from './paths'

/** One address of the wizard's table. */
export interface AddressRow {
  cidr: string
  label: string | null
  /** "main address", "failover IP", "by DHCP", … in few words; empty when there is nothing to say. */
  what: string
  /** Whether it can be taken off or moved. */
  isMovable: boolean
  /** Looks like one that was put there besides the host's own: offered first. */
  isFailover: boolean
  /** "/etc/network/interfaces, line 12"; null when no file that Pollux reads names it. */
  keptIn: string | null
}

/** One device of the wizard's table. */
export interface DeviceRow {
  name: string
  /** "ifupdown", "systemd-networkd, by netplan", … */
  heldBy: string
  /** The sentence behind it. */
  because: string
  /** Why nothing is kept over a boot there, as a sentence; null when it is. */
  whyNotKept: string | null
  /** The file for a new address, with ADDRESS in its name where that stands; null when it cannot be written. */
  fileFor: Readonly<Record<4 | 6, string | null>>
  addresses: readonly AddressRow[]
}

/** What the wizard shows of one host. */
export interface HostView {
  /** Why nothing can be done here; null when something can. */
  whyNot: string | null
  devices: readonly DeviceRow[]
}

const heldBy: Record<StackName, string> = {
  ifupdown: 'ifupdown',
  networkd: 'systemd-networkd',
  netplan: 'netplan, by systemd-networkd',
  networkmanager: 'NetworkManager',
  other: 'another program',
  none: 'nothing known',
  unclear: 'more than one program',
}

/** The devices that an address can be on, with what they have. Pure. */
export function hostView(facts: FailoverFacts): HostView {
  const whyNot = facts.hasIp ? null : 'It has no program "ip" (iproute2), so its addresses cannot be changed.'
  const devices = facts.devices.filter((device) => !isLoopback(device))
  return { whyNot, devices: devices.map((device) => rowOf(facts, device)) }
}

function rowOf(facts: FailoverFacts, device: DeviceFacts): DeviceRow {
  const why = whyNotKept(device)
  return {
    name: device.name,
    heldBy: heldBy[device.stack],
    because: `${device.stackBecause}.`,
    whyNotKept: why === null ? null : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
    fileFor: { 4: why === null ? fileFor(facts, device, 4) : null, 6: why === null ? fileFor(facts, device, 6) : null },
    addresses: device.addresses.filter(({ scope }) => scope !== 'link').map((live) => addressRow(facts, device, live)),
  }
}

function fileFor(facts: FailoverFacts, device: DeviceFacts, family: 4 | 6): string | null {
  const sample = parseAddress(family === 4 ? '192.0.2.1' : '2001:db8::1')
  if (!sample) return null
  const edit = keepEdit(facts, device, sample, `${device.name}:0`.slice(0, 15))
  return edit.ok ? edit.path.replace(ownName(sample), addressInName) : null
}

function addressRow(facts: FailoverFacts, device: DeviceFacts, live: LiveAddress): AddressRow {
  const address = parseAddress(cidrOf(live))
  const kept = address ? keptAt(facts, device, address)[0] : undefined
  const isMain = mainAddress(facts, live.family)?.address.host === live.host
  const isDynamic = live.flags.includes('dynamic')
  const isFailover = looksLikeFailover(facts, device, live)
  const isPlain = live.peer === null && problemOfAddress(cidrOf(live)) === null
  return {
    cidr: cidrOf(live),
    label: live.label,
    what: isMain
      ? 'main address'
      : isDynamic
        ? 'by DHCP or a router'
        : live.flags.includes('dadfailed')
          ? 'held by another machine too'
          : isFailover
            ? 'failover IP'
            : '',
    isMovable: isPlain && !isMain && !isDynamic,
    isFailover,
    keptIn: kept ? `${kept.path}, line ${kept.line}` : null,
  }
}
