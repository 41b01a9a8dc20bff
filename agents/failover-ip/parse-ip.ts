import { parseAddress } from '@/lib/agent/ip-address'
import { fromKernelHex } from '@/lib/agent/kernel-address'
import type { DefaultRoute } from './facts'

/** Understands `ip -4|-6 route show default`; of several next hops the first counts. */
export function parseDefaultRoutes(family: 4 | 6, text: string): DefaultRoute[] {
  const joined = text.replace(/\n\s+(?=nexthop )/g, ' ')
  return joined.split('\n').flatMap((line): DefaultRoute[] => {
    const device = / dev (\S{1,15})/.exec(line)?.[1]
    if (!/^(default|0\.0\.0\.0\/0|::\/0)\b/.test(line) || device === undefined) return []
    const via = parseAddress(/ via (?:inet6? )?(\S+)/.exec(line)?.[1] ?? '')
    const src = parseAddress(/ src (\S+)/.exec(line)?.[1] ?? '')
    const stable = line.replace(/ expires \S+| hoplimit \S+| pref \S+| mtu \S+/g, '').trim()
    return [{ family, device, via: via?.host ?? null, src: src?.host ?? null, text: stable }]
  })
}

/** Addresses with an open connection to port 22 of the host, from /proc/net/tcp and tcp6 (state 01). */
export function parseLogins(tables: readonly string[]): string[] {
  const found = new Set<string>()
  for (const line of tables.join('\n').split('\n')) {
    const match = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):0016 [0-9A-F]+:[0-9A-F]{4} 01 /.exec(line)
    const host = match ? fromKernelHex(match[1] ?? '') : null
    if (host !== null) found.add(host)
  }
  return [...found].sort()
}
