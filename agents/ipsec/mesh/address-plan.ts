import { refuse } from '@/lib/agent/refuse'
import type { IpsecFacts } from '../facts/facts'
import { addressOf, merged, numberOf, overlapIn, type Range, rangeOf } from './address-net'
import { takenNets } from './taken-nets'

/** What the inner addresses of a mesh are made of. */
export interface InnerPlan {
  /** "10.9.0.0/24" */
  prefix: string
  /** Those that have an address, which they keep. */
  members: readonly { hostId: string; inner: string }[]
  /** Hosts that need one, in the order in which they are served. */
  joining: readonly string[]
  /** Addresses that members had who left, the longest gone first. */
  retired: readonly string[]
  /** Nets that some member uses otherwise. */
  taken?: readonly Range[]
}

/**
 * An inner address for every host: members keep theirs; who joins gets the next one behind the highest that was ever given,
 * then those that nobody ever had, and at last those of members who left, the longest gone first. The first and the last
 * address of the net are nobody's. Pure; throws `invalid` when the net has not enough.
 */
export function planInner({ prefix, members, joining, retired, taken = [] }: InnerPlan): Map<string, string> {
  const plan = new Map(members.map(({ hostId, inner }) => [hostId, inner]))
  const asking = [...new Set(joining)].filter((hostId) => !plan.has(hostId))
  const range = rangeOf(prefix)
  if (!range) throw new Error(`expected a net of IPv4, got ${prefix}`)
  const given = new Set(members.map(({ inner }) => numberOf(inner)))
  const gone = retired.map(numberOf).filter((number) => number !== null)
  const free = freeNumbers(range, merged(taken), given, gone)
  for (const hostId of asking) {
    const next = free.next()
    if (next.done) {
      const room = range.last - range.first - 1
      throw refuse(`${prefix} has ${room} addresses for members, and ${plan.size + 1} are needed. Choose a larger net.`)
    }
    plan.set(hostId, addressOf(next.value))
  }
  return plan
}

function* freeNumbers(
  range: Range,
  taken: readonly Range[],
  given: ReadonlySet<number | null>,
  gone: readonly number[],
): Generator<number, undefined> {
  const [first, last] = [range.first + 1, range.last - 1]
  const inRange = (number: number) => number >= first && number <= last
  const had = new Set([...given, ...gone])
  const highest = [...had].reduce<number>(
    (top, one) => (one !== null && inRange(one) ? Math.max(top, one) : top),
    first - 1,
  )
  for (const [from, to] of [
    [highest + 1, last],
    [first, highest],
  ] as const) {
    for (let number = from; number <= to; number += 1) {
      const overlap = overlapIn(taken, { first: number, last: number })
      if (overlap) number = overlap.last
      else if (!had.has(number)) yield number
    }
  }
  const isFree = (number: number) =>
    inRange(number) && !given.has(number) && !overlapIn(taken, { first: number, last: number })
  for (const number of new Set(gone)) if (isFree(number)) yield number
}

/** Private nets (RFC 1918), in the order in which they are offered: the middle of 10/8 is what people use least. */
const offered = [
  '10.96.0.0/11',
  '10.128.0.0/9',
  '10.0.0.0/10',
  '10.64.0.0/11',
  '172.16.0.0/12',
  '192.168.0.0/16',
] as const

/** A private /24 that none of the hosts has or has a route into; null where there is none. */
export function suggestPrefix(hosts: readonly IpsecFacts[]): string | null {
  const taken = merged(hosts.flatMap((facts) => takenNets(facts, null).map(({ range }) => range)))
  for (const net of offered) {
    const range = rangeOf(net)
    for (let first = range?.first ?? 0; range && first < range.last; first += 256)
      if (!overlapIn(taken, { first, last: first + 255 })) return `${addressOf(first)}/24`
  }
  return null
}
