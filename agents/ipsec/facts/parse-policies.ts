import { parseAddress } from '@/lib/agent/ip-address'
import type { PolicyFacts } from './facts'

/** Protocols as /etc/protocols calls them, by which `ip` prints those that it knows. "ipencap" is IP-IP, "ipip" is not. */
const protocols: Readonly<Record<string, number>> = {
  icmp: 1,
  ipencap: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  gre: 47,
  esp: 50,
  'ipsec-esp': 50,
  ah: 51,
  'ipsec-ah': 51,
  'ipv6-icmp': 58,
  ipip: 94,
  l2tp: 115,
  sctp: 132,
}

/** A protocol whose name is not among those: not any, and none of ours. */
export const UNKNOWN_PROTOCOL = -1

/**
 * Understands `ip xfrm policy`: a line "src … dst …" and indented ones behind it for each policy. Those of sockets, by which
 * the daemons' own packets go past all others, are left out.
 */
export function parsePolicies(text: string): PolicyFacts[] {
  return text.split(/\n(?=src )/).flatMap((block): PolicyFacts[] => {
    const [, src = '', dst = '', rest = ''] = /^src (\S+) dst (\S+)([^\n]*)/.exec(block) ?? []
    const direction = /^\s+dir (in|out|fwd)\b/m.exec(block)?.[1]
    const [from, to] = [parseAddress(src), parseAddress(dst)]
    if (!from || !to || (direction !== 'in' && direction !== 'out' && direction !== 'fwd')) return []
    return [
      {
        src: `${from.host}/${from.prefix}`,
        dst: `${to.host}/${to.prefix}`,
        protocol: protocolOf(/(?:^| )proto (\S+)/.exec(rest)?.[1]),
        direction,
        mode: /\bmode (\w+)/.exec(block)?.[1] ?? '',
        action: /^\s+dir .*\baction (\w+)/m.exec(block)?.[1] ?? 'allow',
      },
    ]
  })
}

function protocolOf(word: string | undefined): number | null {
  if (word === undefined) return null
  return /^\d{1,3}$/.test(word) ? Number(word) : (protocols[word] ?? UNKNOWN_PROTOCOL)
}
