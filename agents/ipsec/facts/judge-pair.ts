import type { Verdict } from '@/lib/agent'
import type { Suite } from '../mesh/suite'
import type { PairSeen } from './pairs-seen'

/** What a pair is measured by: of `Side`, what both its ends share. */
export interface AskedSide {
  mtu: number
  suite: Pick<Suite, 'seenAs'>
}

/** What is proved of a pair, in the order in which one thing rests on the other. */
export const pairProofs = [
  'ike',
  'child',
  'mode',
  'suite',
  'trap',
  'policies',
  'tunnel',
  'ping',
  'largest',
  'protected',
] as const

export type PairProof = (typeof pairProofs)[number]

export interface PairJudgement {
  proofs: Record<PairProof, Verdict>
  /** Yes only where every proof is; no where one is; else nobody could tell. */
  verdict: Verdict
}

/**
 * Judges a pair by what both ends say; null where an end was not read. A proof is what both ends say of it: no where
 * one does, yes where both do.
 */
export function judgePair(side: AskedSide, here: PairSeen | null, there: PairSeen | null): PairJudgement {
  const both = (proof: (seen: PairSeen) => boolean | null): Verdict =>
    verdictOf([here, there].map((seen) => (seen === null ? null : proof(seen))))
  const proofs: Record<PairProof, Verdict> = {
    ike: both(({ ike }) => ike && ike !== 'none' && ike.state === 'ESTABLISHED'),
    child: both(({ child }) => child && child !== 'none' && child.state === 'INSTALLED'),
    mode: both(({ child }) => child && child !== 'none' && child.mode === 'TRANSPORT'),
    suite: both(({ child }) => child && child !== 'none' && isSuite(child.suite, side.suite)),
    trap: both(({ hasTrap }) => hasTrap),
    policies: both(({ policyIn, policyOut }) =>
      policyIn === null || policyOut === null ? null : policyIn === 'transport' && policyOut === 'transport',
    ),
    tunnel: both(({ tunnel }) => tunnel && tunnel !== 'none' && tunnel.isUp && tunnel.mtu === side.mtu),
    ping: both(({ ping }) => ping.answers),
    largest: both(({ largestPasses }) => largestPasses),
    protected: both(isProtected),
  }
  return { proofs, verdict: verdictOf(Object.values(proofs).map((proof) => said[proof])) }
}

const said: Readonly<Record<Verdict, boolean | null>> = { yes: true, no: false, unknown: null }

function verdictOf(all: readonly (boolean | null)[]): Verdict {
  if (all.includes(false)) return 'no'
  return all.includes(null) ? 'unknown' : 'yes'
}

/** That what was sent and came back went through the SAs: without an answer nobody can tell. */
function isProtected({ ping, grewIn, grewOut }: PairSeen): boolean | null {
  if (ping.answers !== true || grewIn === null || grewOut === null) return null
  return grewIn > 0 && grewOut > 0
}

/** "AES_GCM_16-256/ECP_256" is the suite of AES_GCM_16 with 256 bits, whatever group it was made with. */
function isSuite(seen: string, { seenAs: { encryption, keyBits, integrity } }: AskedSide['suite']): boolean {
  const wanted = [`${encryption}-${keyBits}`, ...(integrity === null ? [] : [integrity])].join('/')
  return seen === wanted || seen.startsWith(`${wanted}/`)
}
