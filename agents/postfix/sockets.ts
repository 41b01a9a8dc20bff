import { parseAddress } from '@/lib/agent/ip-address'
import type { Instance, ListeningSocket, PostfixFacts } from './facts'
import { addressesOf } from './listeners'
import type { MasterCf } from './master-cf'
import { openPortsOf } from './open-ports'
import { expandedParameterOf, masterOf } from './parameters'

/**
 * The sockets that an instance listens on by its master.cf, as the kernel will show them. Ports and hosts that only a
 * name tells are left out.
 */
export function expectedSockets(
  facts: PostfixFacts,
  instance: Instance,
  doc: MasterCf = masterOf(facts, instance),
): ListeningSocket[] {
  const interfaces = expandedParameterOf(facts, instance, 'inet_interfaces')?.trim() ?? 'all'
  const families = familiesOf(facts, instance)
  const named =
    interfaces === 'loopback-only' ? ['127.0.0.1', '::1'] : interfaces === 'all' ? null : interfaces.split(/[\s,]+/)
  return openPortsOf(facts, instance, doc).flatMap((port) => {
    const number = Number(port.port)
    if (!Number.isInteger(number)) return []
    const hosts = addressesOf(port) ?? named
    if (hosts === null) return families.map((family) => ({ host: null, family, port: number, program: 'master' }))
    return hosts.flatMap((host): ListeningSocket[] => {
      // Which address another name has, and whether localhost has an IPv6 one, only the host's resolver knows.
      const address = parseAddress(host === 'localhost' ? '127.0.0.1' : host.replace(/^\[|\]$/g, ''))
      if (!address || !families.includes(address.family)) return []
      return [{ host: address.host, family: address.family, port: number, program: 'master' }]
    })
  })
}

/** The families that Postfix uses: those of inet_protocols, IPv6 where the host has any (a kernel without it has none). */
export function familiesOf(facts: PostfixFacts, instance: Instance): (4 | 6)[] {
  const protocols = (expandedParameterOf(facts, instance, 'inet_protocols') ?? 'all').split(/[\s,]+/)
  return ([4, 6] as const).filter(
    (family) => (protocols.includes('all') || protocols.includes(`ipv${family}`)) && (family === 4 || hasIpv6(facts)),
  )
}

/** Whether the host has an IPv6 address at all. */
export function hasIpv6({ addresses }: PostfixFacts): boolean {
  return addresses.some(({ family }) => family === 6)
}

/** "203.0.113.9:25", "[2001:db8::9]:25", "every IPv4 address:25" */
export function socketText({ host, family, port }: Pick<ListeningSocket, 'host' | 'family' | 'port'>): string {
  if (host === null) return `port ${port} of every IPv${family} address`
  return family === 6 ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether two sets of sockets are the same, whatever their order. */
export function sameSockets(one: readonly ListeningSocket[], other: readonly ListeningSocket[]): boolean {
  const texts = (sockets: readonly ListeningSocket[]) => [...new Set(sockets.map(socketText))].sort().join()
  return texts(one) === texts(other)
}
