import { parseAddress } from '@/lib/agent/ip-address'
import { fromKernelHex } from '@/lib/agent/kernel-address'
import type { RouteFacts, TunnelFacts } from './facts'

/** What `ip -o link show` says of a device beside its name. */
export interface LinkState {
  mtu: number
  isUp: boolean
}

/** Understands `ip -o link show`: the MTU of each device by its name, and whether it was set up. */
export function parseLinks(text: string): Map<string, LinkState> {
  const found = text.matchAll(/^\d+: ([^:@\s]{1,15})(?:@[^:\s]*)?: <([^>\n]*)>[^\n]*? mtu (\d{1,9})\b/gm)
  return new Map(
    [...found].map(([, name = '', flags = '', mtu]) => [
      name,
      { mtu: Number(mtu), isUp: flags.split(',').includes('UP') },
    ]),
  )
}

/** Understands `ip tunnel show`: the IP-IP tunnels among them ("ip/ip"; the kernel's own tunl0 is "any/ip"). */
export function parseTunnels(text: string, links: ReadonlyMap<string, LinkState>): TunnelFacts[] {
  const found = text.matchAll(/^([^:@\s]{1,15}): (?:ip|any)\/ip\s+remote (\S+)\s+local (\S+)/gm)
  return [...found].map(([, name = '', remote = '', local = '']) => ({
    name,
    local: parseAddress(local)?.host ?? null,
    remote: parseAddress(remote)?.host ?? null,
    ...(links.get(name) ?? { mtu: 0, isUp: false }),
  }))
}

/** What `ip route` prints in front of a net that is not simply reached there. */
const KINDS = ['unicast', 'unreachable', 'blackhole', 'prohibit', 'throw', 'nat']

/**
 * Understands `ip -4 route show table all`: where packets go, and where on purpose they go nowhere. The host's own addresses
 * and broadcasts are left out; of several next hops the first counts.
 */
export function parseRoutes(text: string): RouteFacts[] {
  const joined = text.replace(/\n\s+(?=nexthop )/g, ' ')
  const found = joined.split('\n').flatMap((line): RouteFacts[] => {
    const words = line.trim().split(/\s+/)
    const [first = ''] = KINDS.includes(words[0] ?? '') ? words.slice(1) : words
    const net = parseAddress(first === 'default' ? '0.0.0.0/0' : first)
    if (net?.family !== 4) return []
    const device = / dev (\S{1,15})/.exec(line)?.[1] ?? null
    const via = parseAddress(/ via (?:inet6? )?(\S+)/.exec(line)?.[1] ?? '')
    return [{ net: `${net.host}/${net.prefix}`, device, via: via?.host ?? null }]
  })
  return [...new Map(found.map((route) => [JSON.stringify(route), route])).values()]
}

/** The host's own addresses at which a connection to port 22 is open, from /proc/net/tcp and tcp6 (state 01). */
export function parseLogins(tables: readonly string[]): string[] {
  const found = tables.join('\n').matchAll(/^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):0016 [0-9A-F]+:[0-9A-F]{4} 01 /gm)
  const hosts = [...found].map(([, hex = '']) => fromKernelHex(hex)).filter((host) => host !== null)
  return [...new Set(hosts)].toSorted()
}

/** Counters of /proc/net/xfrm_stat, by name. */
export function parseXfrmStat(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/^(Xfrm\w+)\s+(\d+)$/gm)].map(([, name, count]) => [name, Number(count)]))
}
