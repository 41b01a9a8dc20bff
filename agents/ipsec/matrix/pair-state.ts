import { judgePair, type PairProof, pairProofs } from '../facts/judge-pair'
import type { PairSeen } from '../facts/pairs-seen'
import type { PairSide } from './asked-pairs'

export const pairVerdicts = ['fine', 'weak', 'broken', 'unknown'] as const

/** `fine`: every proof is given by both ends. `weak`: the same, by a suite for older daemons. */
export type PairVerdict = (typeof pairVerdicts)[number]

/** What a cell of the matrix needs of one pair. */
export interface PairState {
  verdict: PairVerdict
  /** The first proof that is not given; of a broken pair one that fails, though another before it is not known. */
  proof: PairProof | null
  /** Milliseconds there and back inside the tunnel, by each end's own ping; null where it had no answer. */
  ms: readonly [number | null, number | null]
}

/** A pair by what both ends say; null where an end was not read, or where nobody knows what it is measured by. */
export function pairStateOf(side: PairSide | null, here: PairSeen | null, there: PairSeen | null): PairState {
  const ms = [here?.ping.ms ?? null, there?.ping.ms ?? null] as const
  if (side === null) return { verdict: 'unknown', proof: null, ms }
  const { proofs, verdict } = judgePair(side, here, there)
  if (verdict === 'yes') return { verdict: side.suite.id === 'compatible' ? 'weak' : 'fine', proof: null, ms }
  const proof = pairProofs.find((each) => proofs[each] === verdict) ?? null
  return { verdict: verdict === 'no' ? 'broken' : 'unknown', proof, ms }
}

/** A pair as it is sent to the browser: verdict and proof by their numbers (-1: none), then both times. */
export type PairCode = readonly [verdict: number, proof: number, here: number | null, there: number | null]

export function packPair({ verdict, proof, ms: [here, there] }: PairState): PairCode {
  return [pairVerdicts.indexOf(verdict), proof === null ? -1 : pairProofs.indexOf(proof), here, there]
}

/** The state of a pair that was sent; what is not understood is not known. */
export function unpackPair([verdict, proof, here, there]: PairCode): PairState {
  return { verdict: pairVerdicts[verdict] ?? 'unknown', proof: pairProofs[proof] ?? null, ms: [here, there] }
}

/** The place of the pair of two members in the list of all pairs (0 and 1, 0 and 2, …, 1 and 2, …). `a` is less than `b`. */
export function pairIndex(a: number, b: number, members: number): number {
  return a * members - (a * (a + 1)) / 2 + (b - a - 1)
}
