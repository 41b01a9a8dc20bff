import { parseAddress } from '@/lib/agent/ip-address'
import { deviceName } from './desired'
import type { DefaultRoute, LiveAddress } from './facts'

/** One device of `ip -o link show`, with what `ip -o addr show` says is on it, in the kernel's order. */
export interface IpDevice {
  name: string
  index: number
  addresses: LiveAddress[]
}

/** Understands `ip -o link show` and `ip -o addr show` (every iproute2 since 2.4). Lines that are neither are left out. */
export function parseIpDevices(links: string, addresses: string): IpDevice[] {
  const devices = new Map<string, IpDevice>()
  for (const line of links.split('\n')) {
    const match = /^(\d{1,9}): ([^:@\s]{1,15})(?:@[^:\s]*)?: </.exec(line)
    const [, index = '', name = ''] = match ?? []
    if (match && deviceName.safeParse(name).success) devices.set(name, { name, index: Number(index), addresses: [] })
  }
  for (const line of addresses.split('\n')) {
    const match = /^\d{1,9}: (\S{1,15})\s+inet6? (.*)$/.exec(line)
    const address = match ? parseAddressLine(match[1] ?? '', match[2] ?? '') : null
    if (address) devices.get(match?.[1] ?? '')?.addresses.push(address)
  }
  return [...devices.values()]
}

/** `192.0.2.10/32 brd 192.0.2.10 scope global secondary eth0:0\       valid_lft …` or `10.0.0.1 peer 10.0.0.2/32 scope …` */
function parseAddressLine(device: string, text: string): LiveAddress | null {
  const [front = ''] = text.split('\\')
  const [first = '', ...words] = front.trim().split(/\s+/)
  const peer = words[0] === 'peer' ? (words[1] ?? '') : null
  const address = parseAddress(first.replace(/\/.*/, ''))
  const withPrefix = parseAddress(peer ?? first)
  const at = words.indexOf('scope')
  if (!address || !withPrefix || at < 0) return null
  const behind = words.slice(at + 2)
  const label = behind.find((word) => word === device || word.startsWith(`${device}:`)) ?? null
  const flags = behind.filter((word) => word !== label && /^[a-z]{2,20}$/.test(word))
  return {
    family: address.family,
    host: address.host,
    prefix: withPrefix.prefix,
    peer: peer === null ? null : withPrefix.host,
    scope: words[at + 1] ?? '',
    label: label === device ? null : label,
    flags: [...new Set(flags)].sort(),
  }
}

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

// Words of four bytes in the machine's order: little-endian on every machine that Pollux meets but the oldest NAS.
function fromKernelHex(hex: string): string | null {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)))
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)).toString(16),
  )
  return parseAddress(groups.join(':'))?.host ?? null
}
