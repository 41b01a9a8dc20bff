import type { IpsecFacts, PolicyFacts } from '../facts/facts'
import { keptPairs } from '../ike/kept-pairs'
import { type Between, type Foreign, idOf, unreadFiles } from './foreign'
import { withPrefix } from './of-setkey'

const IPIP = 4

/** Policies of the kernel that nothing else accounts for: neither a mesh of Pollux's nor what `known` is between. */
export function policiesForeign(facts: IpsecFacts, known: readonly Between[]): Foreign[] {
  const explained = new Set(known.flatMap(({ src, dst }) => [keyOf(src, dst), keyOf(dst, src)]))
  const pairs = keptPairs(facts.files).flatMap(({ own, peer }) => [keyOf(own, peer), keyOf(peer, own)])
  const own = new Set(pairs)
  const left = (facts.policies ?? []).filter((policy) => {
    const key = keyOf(policy.src, policy.dst)
    return !explained.has(key) && !(policy.protocol === IPIP && own.has(key))
  })
  const names = [...new Set(left.map(nameOf))]
  return names.map((name) => {
    const own = left.filter((policy) => nameOf(policy) === name)
    return foreignOf(facts, name, own)
  })
}

function keyOf(src: string, dst: string): string {
  return `${withPrefix(src)} ${withPrefix(dst)}`
}

function nameOf({ src, dst }: PolicyFacts): string {
  return [src, dst].toSorted().join(' and ')
}

function foreignOf(facts: IpsecFacts, name: string, policies: readonly PolicyFacts[]): Foreign {
  const [unread] = unreadFiles(facts.files)
  return {
    id: idOf('policy', name),
    kind: 'policy',
    name,
    places: [],
    ends: policies.map(({ src, dst, direction }) =>
      direction === 'out' ? { local: [src], remote: [dst] } : { local: [dst], remote: [src] },
    ),
    isActive: true,
    // One of protocol 4 in transport mode is what the mesh itself sets: charon writes its own over it.
    takesTunnels: policies.some(
      ({ protocol, mode }) => protocol === null || (protocol === IPIP && mode !== 'transport'),
    ),
    fixed: unread
      ? `It may come from ${unread.path}, which Pollux did not read (${unread.why}): take it out there.`
      : 'No file tells who made it. Take it away by "ip xfrm policy delete", or end the program that sets it.',
    cuts: [],
    live: null,
    between: policies.map(({ src, dst }) => ({ src, dst })),
  }
}
