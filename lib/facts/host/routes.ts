import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, textsOf, whyNot } from './found'

export const routeSchema = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  /** "192.0.2.0/24"; "default" for all. */
  to: z.string(),
  via: z.string().nullable(),
  device: z.string(),
  metric: z.number(),
})
export const routesSchema = z.object({
  routes: z.array(routeSchema),
  /** The table is longer than what was read (a router); the default route stands first. */
  truncated: z.boolean(),
})
export type Route = z.infer<typeof routeSchema>
export type RoutesFacts = z.infer<typeof routesSchema>

const ipv4 = '/proc/net/route'
const ipv6 = '/proc/net/ipv6_route'

/** The main tables from the kernel's own files: no process, on every Linux, and bounded on a router with a full table. */
export const routesProbe = defineProbe({
  id: 'routes',
  timeoutS: 5,
  readings: { tables: { kind: 'files', globs: [ipv4, ipv6] } },
  parse: parseRoutes,
})

export function parseRoutes(raw: RawReadings<'tables'>): Found<RoutesFacts> {
  const tables = textsOf(raw.tables)
  if (tables.size === 0) return whyNot(raw.tables)
  const truncated = raw.tables.state === 'read' && raw.tables.kind === 'by-path' && raw.tables.truncated
  return found({ routes: [...parseIpv4(tables.get(ipv4) ?? ''), ...parseIpv6(tables.get(ipv6) ?? '')], truncated })
}

const flagUp = 1
const flagReject = 0x200
const flagLocal = 0x80000000

function parseIpv4(text: string): Route[] {
  const rows = linesOf(text).flatMap((line) => {
    const columns = line.trim().split(/\s+/)
    const [device = '', to = '', via = '', flags = '', , , metric = '', mask = ''] = columns
    const whole = [to, via, mask].every((word) => /^[0-9A-F]{8}$/i.test(word))
    return whole ? [{ device, to, via, flags: Number.parseInt(flags, 16), metric: Number(metric), mask }] : []
  })
  // The kernel prints addresses as its own integers. A mask's set bits stand together only when read the right way round.
  const isBigEndian = rows.some(({ mask }) => /^F/i.test(mask) && /0$/.test(mask))
  const octets = (hex: string) => {
    const bytes = hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? []
    return isBigEndian ? bytes : bytes.reverse()
  }
  return rows
    .filter(({ flags }) => (flags & flagUp) !== 0 && (flags & flagReject) === 0)
    .map(({ device, to, via, metric, mask }) => {
      const prefix = octets(mask)
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join('')
        .replace(/0+$/, '').length
      const target = octets(to).join('.')
      return {
        family: 'ipv4' as const,
        to: prefix === 0 ? 'default' : `${target}/${prefix}`,
        via: /^0+$/.test(via) ? null : octets(via).join('.'),
        device: clip(device),
        metric,
      }
    })
}

function parseIpv6(text: string): Route[] {
  return linesOf(text).flatMap((line) => {
    const [to = '', bits = '', , , via = '', metric = '', , , flags = '', device = ''] = line.trim().split(/\s+/)
    const set = Number.parseInt(flags, 16)
    const isOwn = device === 'lo' || /^ff/i.test(to) || (set & flagLocal) !== 0
    if (!/^[0-9a-f]{32}$/i.test(to) || (set & flagUp) === 0 || (set & flagReject) !== 0 || isOwn) return []
    const prefix = Number.parseInt(bits, 16)
    return [
      {
        family: 'ipv6' as const,
        to: prefix === 0 ? 'default' : `${ipv6Text(to)}/${prefix}`,
        via: /^0+$/.test(via) ? null : ipv6Text(via),
        device: clip(device),
        metric: Number.parseInt(metric, 16),
      },
    ]
  })
}

/** 32 hex digits as people write the address (RFC 5952: the longest run of zero groups is left out). */
export function ipv6Text(hex: string): string {
  const groups = hex.match(/.{4}/g)?.map((group) => Number.parseInt(group, 16).toString(16)) ?? []
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)]
  const longest = runs.sort((a, b) => b[0].length - a[0].length)[0]
  if (!longest) return groups.join(':')
  const text = groups.join(':')
  return `${text.slice(0, longest.index).replace(/:$/, '')}::${text.slice(longest.index + longest[0].length).replace(/^:/, '')}`
}
