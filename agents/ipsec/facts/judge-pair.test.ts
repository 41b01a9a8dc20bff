import { describe, expect, it } from 'vitest'
import { bothSuites, goodEnd } from '../testing/prepared'
import { judgePair, type PairProof, pairProofs } from './judge-pair'
import type { PairSeen } from './pairs-seen'

const { modern, compatible } = bothSuites
const side = { mtu: 1446, suite: modern }

const good: PairSeen = goodEnd
const { child, ike } = goodEnd

/** What breaks each proof, and what leaves it unknown. */
const cases: Record<PairProof, { no: Partial<PairSeen>[]; unknown: Partial<PairSeen>[] }> = {
  ike: { no: [{ ike: 'none' }, { ike: { ...ike, state: 'CONNECTING' } }], unknown: [{ ike: null }] },
  child: { no: [{ child: 'none' }, { child: { ...child, state: 'REKEYED' } }], unknown: [{ child: null }] },
  mode: { no: [{ child: 'none' }, { child: { ...child, mode: 'TUNNEL' } }], unknown: [{ child: null }] },
  suite: {
    no: [
      { child: { ...child, suite: 'AES_GCM_16-128' } },
      { child: { ...child, suite: 'AES_GCM_16-2560' } },
      { child: { ...child, suite: 'AES_CBC-256/HMAC_SHA2_256_128' } },
      { child: { ...child, suite: '' } },
    ],
    unknown: [{ child: null }],
  },
  trap: { no: [{ hasTrap: false }], unknown: [{ hasTrap: null }] },
  policies: {
    no: [{ policyIn: 'none' }, { policyOut: 'none' }, { policyIn: 'tunnel' }],
    unknown: [{ policyIn: null }, { policyOut: null }],
  },
  tunnel: {
    no: [{ tunnel: 'none' }, { tunnel: { mtu: 1446, isUp: false } }, { tunnel: { mtu: 1480, isUp: true } }],
    unknown: [{ tunnel: null }],
  },
  ping: { no: [{ ping: { answers: false, ms: null } }], unknown: [{ ping: { answers: null, ms: null } }] },
  largest: { no: [{ largestPasses: false }], unknown: [{ largestPasses: null }] },
  protected: {
    no: [{ grewIn: 0 }, { grewOut: 0 }],
    unknown: [{ grewIn: null }, { grewOut: null }, { ping: { answers: false, ms: null } }],
  },
}

describe.each(pairProofs)('the proof "%s"', (proof) => {
  it('is yes where both ends say so', () => {
    expect(judgePair(side, good, good).proofs[proof]).toBe('yes')
  })

  it.each(cases[proof].no)('is no where either end says no: %j', (broken) => {
    for (const [here, there] of [
      [{ ...good, ...broken }, good],
      [good, { ...good, ...broken }],
    ] as const) {
      const judged = judgePair(side, here, there)
      expect([judged.proofs[proof], judged.verdict]).toEqual(['no', 'no'])
    }
    // A no is a no, whatever the other end did not tell.
    expect(judgePair(side, { ...good, ...broken }, null).proofs[proof]).toBe('no')
  })

  it.each(cases[proof].unknown)('is unknown where an end did not tell: %j', (untold) => {
    for (const judged of [
      judgePair(side, { ...good, ...untold }, good),
      judgePair(side, good, { ...good, ...untold }),
    ]) {
      expect(judged.proofs[proof]).toBe('unknown')
      expect(judged.verdict).not.toBe('yes')
    }
    expect(judgePair(side, good, null).proofs[proof]).toBe('unknown')
  })
})

it('is green only when every proof is', () => {
  expect(judgePair(side, good, good).verdict).toBe('yes')
  expect(judgePair(side, good, null).verdict).toBe('unknown')
  expect(judgePair(side, null, null).verdict).toBe('unknown')
})

it('knows the suites as charon names them, with the group of a later child or without', () => {
  const suiteOf = (suite: typeof modern, seen: string) => {
    const end = { ...good, child: { ...child, suite: seen } }
    return judgePair({ mtu: 1446, suite }, end, end).proofs.suite
  }
  expect(suiteOf(modern, 'AES_GCM_16-256/ECP_256')).toBe('yes')
  expect(suiteOf(compatible, 'AES_CBC-256/HMAC_SHA2_256_128')).toBe('yes')
  expect(suiteOf(compatible, 'AES_CBC-256/HMAC_SHA2_256_128/MODP_2048')).toBe('yes')
  expect(suiteOf(compatible, 'AES_CBC-256/HMAC_SHA1_96')).toBe('no')
})
