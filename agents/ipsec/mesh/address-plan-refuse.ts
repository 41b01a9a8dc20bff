import type { Finding, PlanHost } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { isInnerOf, type MeshMember, type MeshWish } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { overlaps, type Range, rangeOf } from './address-net'
import { suggestPrefix } from './address-plan'
import { LEAST_MTU } from './mtu'
import { deviceWith, type Side } from './pair'
import { takenNets } from './taken-nets'

type Hosts = ReadonlyMap<string, PlanHost<IpsecFacts>>

/**
 * What must be true of a mesh's addresses: every member's host is among `hosts`, by its id. Throws `invalid` with the first
 * thing that is wrong, at the field that says it; returns what a person should know before.
 */
export function refuseInner(mesh: Pick<MeshWish, 'tag' | 'prefix' | 'members'>, hosts: Hosts): Finding[] {
  const { members, prefix, tag } = mesh
  const range = rangeOf(prefix)
  if (!range) throw refuse(`${prefix} is no net of IPv4.`, 'prefix')
  const findings = refuseKind(prefix, range)
  refuseTwins(
    members,
    hosts,
    'inner',
    (name, other, inner) => `${name} and ${other} both have the inner address ${inner}.`,
  )
  refuseTwins(
    members,
    hosts,
    'outer',
    (name, other, outer) => `${name} and ${other} both have the outer address ${outer}: a tunnel needs two ends.`,
  )
  refuseTwins(
    members,
    hosts,
    'label',
    (name, other, label) => `${name} and ${other} are both called ${label} in the mesh.`,
  )
  for (const member of members) {
    const host = getHost(hosts, member)
    if (!isInnerOf(member.inner, prefix))
      throw refuse(
        `${member.inner}, the inner address of ${host.name}, is not in ${prefix}, or is its first or last address.`,
        fieldOf(member, 'inner'),
      )
    refuseOuter(member, host)
  }
  refuseOverlap(
    { prefix, range, tag },
    members.map((member) => getHost(hosts, member)),
  )
  return findings
}

const fieldOf = ({ hostId }: MeshMember, key: string) => `members.${hostId}.${key}`

function getHost(hosts: Hosts, { hostId, label }: MeshMember): PlanHost<IpsecFacts> {
  const host = hosts.get(hostId)
  if (!host) throw new Error(`expected the facts of ${label} (${hostId})`)
  return host
}

function refuseTwins(
  members: readonly MeshMember[],
  hosts: Hosts,
  key: 'inner' | 'outer' | 'label',
  sentence: (name: string, other: string, value: string) => string,
): void {
  const seen = new Map<string, MeshMember>()
  for (const member of members) {
    const other = seen.get(member[key])
    if (other)
      throw refuse(sentence(getHost(hosts, other).name, getHost(hosts, member).name, member[key]), fieldOf(member, key))
    seen.set(member[key], member)
  }
}

function refuseOuter(member: MeshMember, { name, facts }: PlanHost<IpsecFacts>): void {
  const device = deviceWith(facts, member.outer)
  if (device && !member.outer.startsWith('127.')) return
  const own = facts.devices.flatMap(({ name: on, addresses }) =>
    addresses
      .filter(({ family, host, scope }) => family === 4 && scope === 'global' && !host.startsWith('127.'))
      .map(({ host }) => `${host} on ${on}`),
  )
  const field = fieldOf(member, 'outer')
  if (device) throw refuse(`${member.outer} is a loopback address: nobody reaches ${name} there.`, field)
  if (own.length === 0)
    throw refuse(
      `${name} has no IPv4 address, and an ip-ip tunnel needs one at both ends. Use WireGuard, which runs over IPv6.`,
      field,
    )
  throw refuse(
    `${name} has no ${member.outer} on a device of its own; it has ${own.slice(0, 4).join(', ')}. Where that address is translated on the way (NAT), ip-ip in ESP of transport mode cannot work: use WireGuard, or IPsec in tunnel mode.`,
    field,
  )
}

function refuseOverlap(
  { prefix, range, tag }: { prefix: string; range: Range; tag: string },
  hosts: readonly PlanHost<IpsecFacts>[],
): void {
  for (const { name, facts } of hosts) {
    const found = takenNets(facts, tag).find((net) => overlaps(net.range, range))
    if (!found) continue
    const other = suggestPrefix(hosts.map((host) => host.facts))
    const way = other === null ? 'Choose another net.' : `Choose another net, such as ${other}.`
    throw refuse(`${prefix} overlaps what ${name} uses: it ${found.clause()}. ${way}`, 'prefix')
  }
}

/** RFC 1918, and RFC 6598, which providers use behind their own translation. */
const privateNets = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']
const nobodysNets = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3']

function refuseKind(prefix: string, range: Range): Finding[] {
  const ranges = (nets: readonly string[]) => nets.map(rangeOf).filter((one) => one !== null)
  if (ranges(nobodysNets).some((one) => overlaps(one, range)))
    throw refuse(
      `${prefix} has addresses that no device can have (loopback, link-local, multicast or reserved).`,
      'prefix',
    )
  if (ranges(privateNets).some((one) => one.first <= range.first && range.last <= one.last)) return []
  return [
    {
      level: 'warn',
      hostId: null,
      title: `${prefix} is a net of the public Internet`,
      detail:
        'Members reach each other there through the mesh, and whoever has those addresses on the Internet not at all. Private are 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.',
    },
  ]
}

/** Throws `invalid` where a tunnel of this host would let less through than IPv6 and many programs need. */
export function refuseMtu(sides: readonly Side[]): void {
  const small = sides.find(({ mtu }) => mtu < LEAST_MTU)
  if (!small) return
  const { own, peer, mtu } = small
  const ends = `${own.device.name} of ${own.host.name} (${own.device.mtu}) and ${peer.device.name} of ${peer.host.name} (${peer.device.mtu})`
  throw refuse(
    `Between ${own.host.name} and ${peer.host.name} a tunnel would take packets of ${mtu} bytes, and at least ${LEAST_MTU} are needed: see to the MTU of ${ends}.`,
  )
}
