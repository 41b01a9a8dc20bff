import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, textOf, whyNot } from './found'

export const interfaceSchema = z.object({
  name: z.string(),
  state: z.enum(['up', 'down', 'unknown']),
  mac: z.string().nullable(),
  mtu: z.number().nullable(),
  addresses: z.array(
    z.object({
      family: z.enum(['ipv4', 'ipv6']),
      address: z.string(),
      /** Bits of the network; null where only the peer of a tunnel is known. */
      prefix: z.number().nullable(),
      /** "global", "link", "host", "site" as `ip` says; null where the host's tool does not tell. */
      scope: z.string().nullable(),
    }),
  ),
})
export const addressesSchema = z.array(interfaceSchema)
export type NetworkInterface = z.infer<typeof interfaceSchema>

export const addressesProbe = defineProbe({
  id: 'addresses',
  timeoutS: 8,
  readings: {
    list: {
      kind: 'first-of',
      of: [
        { kind: 'command', argv: ['ip', 'addr', 'show'] },
        { kind: 'command', argv: ['ifconfig', '-a'] },
      ],
    },
  },
  parse: parseAddresses,
})

export function parseAddresses(raw: RawReadings<'list'>): Found<NetworkInterface[]> {
  const text = textOf(raw.list)
  if (!text) return whyNot(raw.list)
  return found(/^\d+: /m.test(text) ? parseIp(text) : parseIfconfig(text))
}

type Address = NetworkInterface['addresses'][number]

/** `ip addr show` of iproute2 and of busybox. */
function parseIp(text: string): NetworkInterface[] {
  const interfaces: NetworkInterface[] = []
  for (const line of linesOf(text)) {
    const head = /^\d+: ([^:@\s]+)(?:@\S+)?: <([^>]*)>(?:.*? mtu (\d+))?(?:.*? state (\w+))?/.exec(line)
    if (head) {
      interfaces.push({
        name: clip(head[1] ?? ''),
        state: head[4] === 'DOWN' || !head[2]?.split(',').includes('UP') ? 'down' : head[4] === 'UP' ? 'up' : 'unknown',
        mac: null,
        mtu: head[3] === undefined ? null : Number(head[3]),
        addresses: [],
      })
      continue
    }
    const current = interfaces.at(-1)
    const mac = /^\s+link\/ether ([0-9a-f:]{17})/.exec(line)?.[1]
    if (current && mac) current.mac = mac
    const address = /^\s+(inet6?) ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?(?:\/(\d+))?(?:.*? scope (\w+))?/.exec(line)
    if (current && address) current.addresses.push(addressOf(address))
  }
  return interfaces
}

function addressOf([, family, address, prefix, scope]: RegExpExecArray): Address {
  return {
    family: family === 'inet6' ? 'ipv6' : 'ipv4',
    address: address ?? '',
    prefix: prefix === undefined ? null : Number(prefix),
    scope: scope ?? null,
  }
}

/** `ifconfig -a` of net-tools 1.60 and busybox ("inet addr:…"), and of net-tools 2 ("inet … netmask …"). */
function parseIfconfig(text: string): NetworkInterface[] {
  return text
    .split(/\n(?=\S)/)
    .filter((block) => /^\S/.test(block))
    .map((block) => {
      const mtu = /\bmtu[: ](\d+)/i.exec(block)?.[1]
      return {
        name: clip(/^([^\s:]+(?::\d+)?)/.exec(block)?.[1] ?? ''),
        state: /\bUP\b/.test(block) ? ('up' as const) : ('down' as const),
        mac: /(?:HWaddr|ether) ([0-9A-Fa-f:]{17})/.exec(block)?.[1]?.toLowerCase() ?? null,
        mtu: mtu === undefined ? null : Number(mtu),
        addresses: [...ifconfigAddresses(block)],
      }
    })
}

function* ifconfigAddresses(block: string): Generator<Address> {
  for (const [, address = '', mask] of block.matchAll(/\binet (?:addr:)?([\d.]+).*?(?:Mask:|netmask )([\d.]+)/g)) {
    yield { family: 'ipv4', address, prefix: mask ? prefixOf(mask) : null, scope: null }
  }
  for (const [, address = '', bits] of block.matchAll(/\binet6 addr: ?([0-9a-f:]+)\/(\d+)/g)) {
    yield { family: 'ipv6', address, prefix: Number(bits), scope: null }
  }
  for (const [, address = '', bits] of block.matchAll(/\binet6 ([0-9a-f:]+) +prefixlen (\d+)/g)) {
    yield { family: 'ipv6', address, prefix: Number(bits), scope: null }
  }
}

function prefixOf(mask: string): number {
  const bits = mask.split('.').map((part) => Number(part).toString(2).padStart(8, '0'))
  return bits.join('').replace(/0+$/, '').length
}
