import { z } from 'zod'
import { parseAddress } from './ip-address'

/** A network device's name. The pattern keeps a hostile one out of paths, files and scripts. */
export const deviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/, 'This is no name of a network device.')

export const liveAddress = z.object({
  family: z.union([z.literal(4), z.literal(6)]),
  host: z.string(),
  prefix: z.number(),
  /** The other end of a point-to-point address; the prefix is its. */
  peer: z.string().nullable(),
  scope: z.string(),
  /** What stands behind the scope where it is not the device itself: "eth0:0". */
  label: z.string().nullable(),
  /** secondary, dynamic, temporary, tentative, dadfailed, deprecated, … */
  flags: z.array(z.string()),
})

export type LiveAddress = z.infer<typeof liveAddress>

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
