import {
  type PairState,
  type PairVerdict,
  pairIndex,
  pairVerdicts,
  proofWords,
  unpackPair,
} from '@/agents/ipsec/matrix/view'
import { formatFigure } from '@/components/base/figure'
import type { Status } from '@/components/base/status-mark'
import type { MeshSeen } from '../live/mesh-seen'

/** A pair as the page shows it: places of its members, and whether a change is at it. */
export interface ShownPair extends PairState {
  a: number
  b: number
  /** The change that works on both of its members now. */
  changeId: number | null
}

export type ShownVerdict = PairVerdict | 'changing'

/** What a pair is shown as: what a change is at is not judged meanwhile. */
export function shownVerdict({ verdict, changeId }: Pick<ShownPair, 'verdict' | 'changeId'>): ShownVerdict {
  return changeId === null ? verdict : 'changing'
}

/** All pairs in their order; not known where nothing was seen yet. */
export function shownPairs({ pairs, work }: MeshSeen, members: number): ShownPair[] {
  return Array.from({ length: members }, (_, a) =>
    Array.from({ length: members - a - 1 }, (__, more): ShownPair => {
      const b = a + 1 + more
      const state = unpackPair(pairs[pairIndex(a, b, members)] ?? [pairVerdicts.indexOf('unknown'), -1, null, null])
      const changeId = work.find((one) => one.members.includes(a) && one.members.includes(b))?.changeId ?? null
      return { ...state, a, b, changeId }
    }),
  ).flat()
}

export const verdictStatus: Readonly<Record<ShownVerdict, Status>> = {
  fine: 'ok',
  weak: 'warn',
  broken: 'bad',
  unknown: 'unknown',
  changing: 'running',
}

/** "all proofs hold", "broken: no IKE SA": how a pair is. */
export function pairWords(pair: ShownPair): string {
  if (pair.changeId !== null) return `being changed by #${pair.changeId}`
  const proof = pair.proof && proofWords[pair.proof]
  switch (pair.verdict) {
    case 'fine':
      return 'all proofs hold'
    case 'weak':
      return 'all proofs hold, by a suite for older daemons'
    case 'broken':
      return proof ? `broken: ${proof.failed}` : 'broken'
    case 'unknown':
      return proof ? `not known: ${proof.title} was not read at both ends` : 'not known'
  }
}

/** "quince to medlar: all proofs hold, 0.6 ms" */
export function cellWords(pair: ShownPair, from: string, to: string, ms: number | null): string {
  return `${from} to ${to}: ${pairWords(pair)}${ms === null ? '' : `, ${formatMs(ms)} ms`}`
}

/** A round trip: "0.6", "12", "140". */
export function formatMs(ms: number): string {
  return ms < 10 ? formatFigure(ms, 1) : formatFigure(Math.round(ms))
}

/** How many pairs are how. */
export function countPairs(pairs: readonly ShownPair[]): Record<ShownVerdict, number> {
  const counts = { fine: 0, weak: 0, broken: 0, unknown: 0, changing: 0 }
  for (const pair of pairs) counts[shownVerdict(pair)] += 1
  return counts
}

/** How a mesh is, in a few words: the worst first. */
export function meshTitle(counts: Record<ShownVerdict, number>, isLooked: boolean): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const some = (count: number) => (count === 1 ? `1 of ${pairsText(all)} is` : `${count} of ${pairsText(all)} are`)
  if (!isLooked) return 'not checked yet'
  if (counts.broken > 0) return `${some(counts.broken)} broken`
  if (counts.changing > 0) return `${some(counts.changing)} being changed`
  if (counts.unknown > 0) return `${some(counts.unknown)} not known`
  if (counts.weak > 0) return `${some(counts.weak)} weak`
  return all === 1 ? 'its pair is proved' : `all ${pairsText(all)} are proved`
}

/** "40 proved, 3 weak, 1 broken": what there is of each. */
export function countsText(counts: Record<ShownVerdict, number>): string {
  const words: [number, string][] = [
    [counts.fine, 'proved'],
    [counts.weak, 'weak'],
    [counts.broken, 'broken'],
    [counts.unknown, 'not known'],
    [counts.changing, 'being changed'],
  ]
  return words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`)
    .join(', ')
}

/** "1 pair", "1,225 pairs" */
export function pairsText(count: number): string {
  return count === 1 ? '1 pair' : `${count.toLocaleString('en')} pairs`
}

const worst: readonly ShownVerdict[] = ['broken', 'unknown', 'changing', 'weak', 'fine']

/** Whether a person should look at a pair. */
export function isNotFine(pair: ShownPair): boolean {
  return shownVerdict(pair) !== 'fine'
}

/** The pairs, the worst first, else in the members' order. */
export function worstFirst(pairs: readonly ShownPair[]): ShownPair[] {
  return pairs.toSorted((one, other) => worst.indexOf(shownVerdict(one)) - worst.indexOf(shownVerdict(other)))
}

/** The places of members, those with the most pairs that are not fine first; and which of them have any. */
export function rowsByFault(pairs: readonly ShownPair[], members: number): { order: number[]; faulty: number } {
  const faults = Array.from({ length: members }, () => 0)
  for (const pair of pairs.filter(isNotFine)) for (const at of [pair.a, pair.b]) faults[at] = (faults[at] ?? 0) + 1
  const order = faults.map((_, at) => at).toSorted((one, other) => (faults[other] ?? 0) - (faults[one] ?? 0))
  return { order, faulty: faults.filter((count) => count > 0).length }
}
