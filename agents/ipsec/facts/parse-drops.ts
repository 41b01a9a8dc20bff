import type { Mesh } from '../mesh/names'
import type { DropsSeen } from './pairs-seen'

type Way = keyof DropsSeen

/** What the mesh's own rules dropped, of `iptables-save -c` and `nft list ruleset`, whichever there is. */
export function parseDrops({ tag }: Mesh, iptables: string, nft: string): DropsSeen {
  const rules = [...iptablesDrops(tag, iptables), ...nftDrops(tag, nft)]
  const sum = (way: Way) => {
    const own = rules.filter((rule) => rule.way === way)
    return own.length === 0 ? null : own.reduce((packets, rule) => packets + rule.packets, 0)
  }
  return { in: sum('in'), out: sum('out') }
}

interface DropRule {
  way: Way
  packets: number
}

/** `[12:3456] -A POLLUX-cloud-in-peer -p ipencap -m policy --dir in --pol none -j DROP` */
function iptablesDrops(tag: string, text: string): DropRule[] {
  const rules = text.matchAll(/^\[(\d+):\d+\] -A POLLUX-([a-z0-9]+)-(in|out)\S* .* -j DROP$/gm)
  return [...rules].flatMap(([, packets, of, way]): DropRule[] =>
    of === tag ? [{ way: way === 'in' ? 'in' : 'out', packets: Number(packets) }] : [],
  )
}

/** `ip saddr … ip protocol ipencap meta ipsec missing counter packets 12 bytes 3456 drop`, in the mesh's own table. */
function nftDrops(tag: string, text: string): DropRule[] {
  let isOwn = false
  return text.split('\n').flatMap((line): DropRule[] => {
    const table = /^table \S+ (\S+) \{/.exec(line)?.[1]
    if (table !== undefined) isOwn = table === `pollux_${tag}`
    const packets = /counter packets (\d+) bytes \d+ drop\b/.exec(line)?.[1]
    if (packets === undefined || !isOwn) return []
    return [{ way: / rt ipsec /.test(line) ? 'out' : 'in', packets: Number(packets) }]
  })
}
