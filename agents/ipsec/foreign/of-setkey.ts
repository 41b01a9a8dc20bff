import { parseAddress } from '@/lib/agent/ip-address'
import type { IpsecFacts, PolicyFacts } from '../facts/facts'
import { type Between, bytesAt, cutOf, type Foreign, idOf, placeOf } from './foreign'
import { parseSetkey, type SpdLine } from './setkey-conf'

const PATH = '/etc/ipsec-tools.conf'

/** The policies of setkey's script, those between the same two nets as one: two lines for each peer, as a rule. */
export function setkeyForeign(facts: IpsecFacts): Foreign[] {
  const bytes = bytesAt(facts.files, PATH)
  if (bytes === null) return []
  const lines = parseSetkey(bytes)
  const names = [...new Set(lines.map(nameOf))]
  return names.map((name) =>
    foreignOf(
      facts,
      bytes,
      name,
      lines.filter((line) => nameOf(line) === name),
    ),
  )
}

function nameOf({ src, dst }: SpdLine): string {
  return [src, dst].toSorted().join(' and ')
}

function foreignOf(facts: IpsecFacts, bytes: string, name: string, lines: readonly SpdLine[]): Foreign {
  const hasSetkey = facts.programs.includes('setkey')
  // What the kernel has of them; all, where nobody could tell.
  const standing = lines.filter((line) => facts.policies?.some((policy) => isOf(policy, line)) ?? hasSetkey)
  return {
    id: idOf('setkey', name),
    kind: 'setkey',
    name,
    places: lines.map((line) => placeOf(PATH, bytes, line)),
    ends: lines.map(({ src, dst, direction }) =>
      direction === 'out' ? { local: [src], remote: [dst] } : { local: [dst], remote: [src] },
    ),
    isActive: hasSetkey || standing.length > 0,
    takesTunnels: lines.some(takesTunnels),
    fixed:
      standing.length > 0 && !hasSetkey
        ? 'The kernel has it, and there is no setkey by which it could be taken away and put back.'
        : null,
    cuts: [cutOf(PATH, bytes, lines)],
    live:
      standing.length === 0
        ? null
        : {
            kind: 'policies',
            adds: standing.map(({ text }) => text),
            deletes: standing.map(({ deletes }) => deletes),
          },
    between: lines.map(betweenOf),
  }
}

/** Whether a line's policy is for IP-IP, as that of all protocols is. */
function takesTunnels({ upper, hasPort, direction }: SpdLine): boolean {
  return !hasPort && direction !== 'fwd' && /^(any|4|ipencap|ip4)$/.test(upper)
}

function isOf(policy: PolicyFacts, line: SpdLine): boolean {
  const { src, dst } = betweenOf(line)
  return policy.src === src && policy.dst === dst && policy.direction === line.direction
}

function betweenOf({ src, dst }: SpdLine): Between {
  return { src: withPrefix(src), dst: withPrefix(dst) }
}

/** As the facts have the nets of policies. */
export function withPrefix(net: string): string {
  const address = parseAddress(net)
  return address ? `${address.host}/${address.prefix}` : net
}
