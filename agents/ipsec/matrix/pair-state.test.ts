import { describe, expect, it } from 'vitest'
import { pairProofs } from '../facts/judge-pair'
import type { PairSeen } from '../facts/pairs-seen'
import { bothSuites, goodEnd } from '../testing/prepared'
import { packPair, pairIndex, pairStateOf, unpackPair } from './pair-state'
import { proofWords } from './proof-words'

const { modern, compatible } = bothSuites
const side = { mtu: 1446, suite: modern }

const good: PairSeen = { ...goodEnd, ping: { answers: true, ms: 0.6 } }
const { child } = goodEnd
const slow = { ...good, ping: { answers: true, ms: 5 } }

describe('the state of a pair', () => {
  it('is fine only when both ends give every proof, with the time of each', () => {
    expect(pairStateOf(side, good, slow)).toEqual({ verdict: 'fine', proof: null, ms: [0.6, 5] })
    expect(pairStateOf(side, good, null)).toEqual({ verdict: 'unknown', proof: 'ike', ms: [0.6, null] })
    expect(pairStateOf(side, null, null).verdict).toBe('unknown')
    expect(pairStateOf(null, good, good).verdict).toBe('unknown')
  })

  it('is weak where all is proved by the suite for older daemons', () => {
    const seen = { ...good, child: { ...child, suite: 'AES_CBC-256/HMAC_SHA2_256_128' } }
    expect(pairStateOf({ mtu: 1446, suite: compatible }, seen, seen).verdict).toBe('weak')
    expect(pairStateOf({ mtu: 1446, suite: compatible }, seen, good)).toMatchObject({
      verdict: 'broken',
      proof: 'suite',
    })
  })

  it('names the first proof that fails, though one before it was not told', () => {
    const broken = { ...good, hasTrap: false, ping: { answers: false, ms: null } }
    expect(pairStateOf(side, broken, { ...good, ike: null })).toEqual({
      verdict: 'broken',
      proof: 'trap',
      ms: [null, 0.6],
    })
    expect(pairStateOf(side, broken, null)).toMatchObject({ verdict: 'broken', proof: 'trap' })
    expect(pairStateOf(side, good, { ...good, policyIn: null })).toMatchObject({
      verdict: 'unknown',
      proof: 'policies',
    })
  })

  it('comes back from its numbers as it was', () => {
    const states = [
      pairStateOf(side, good, slow),
      pairStateOf(side, good, null),
      pairStateOf(side, { ...good, largestPasses: false }, slow),
    ]
    for (const state of states) expect(unpackPair(packPair(state))).toEqual(state)
    expect(unpackPair([9, 99, null, null])).toEqual({ verdict: 'unknown', proof: null, ms: [null, null] })
  })
})

it('counts the pairs in their order', () => {
  const members = 5
  const places = Array.from({ length: members }, (_, a) =>
    Array.from({ length: members - a - 1 }, (__, more) => pairIndex(a, a + 1 + more, members)),
  ).flat()
  expect(places).toEqual(Array.from({ length: 10 }, (_, at) => at))
})

it('has words for every proof', () => {
  expect(Object.keys(proofWords)).toEqual([...pairProofs])
})
