import { expect, it } from 'vitest'
import { type PairProof, pairProofs } from '../facts/judge-pair'
import type { PairSeen } from '../facts/pairs-seen'
import { saidOf } from './said-of'
import { childSeen, ikeSeen, pairSeen } from './testing'

const all = (seen: PairSeen) => pairProofs.map((proof) => saidOf(proof, seen))

it('says of a pair that is well what each proof rests on', () => {
  expect(all(pairSeen)).toEqual([
    'ESTABLISHED, IKEv2, 2 h',
    'INSTALLED, 1 min',
    'TRANSPORT',
    'AES_GCM_16-256',
    'there',
    'transport, both ways',
    'up, 1,446 bytes',
    'answered after 0.6 ms',
    'passes',
    '168 bytes in, 168 bytes out',
  ])
})

it('tells none, no and not told apart', () => {
  const none: PairSeen = {
    ...{ name: 'a-b', ike: 'none', child: 'none', hasTrap: false, policyIn: 'none', policyOut: 'transport' },
    ...{ ping: { answers: false, ms: null }, largestPasses: false, grewIn: 0, grewOut: 168, tunnel: 'none' },
  }
  expect(all(none)).toEqual([
    ...['none', 'none', 'none', 'none', 'missing', 'none in, transport out', 'not there', 'no answer'],
    ...['does not pass', '0 bytes in, 168 bytes out'],
  ])
  const untold: PairSeen = {
    ...{ name: 'a-b', ike: null, child: null, hasTrap: null, policyIn: null, policyOut: 'transport' },
    ...{ ping: { answers: null, ms: null }, largestPasses: null, grewIn: null, grewOut: 168, tunnel: null },
  }
  expect(all(untold)).toEqual(pairProofs.map(() => null))
})

it.each<[PairProof, Partial<PairSeen>, string]>([
  ['ike', { ike: { ...ikeSeen, ageS: 40 } }, 'ESTABLISHED, IKEv2, 40 s'],
  ['child', { child: { ...childSeen, ageS: 3 * 86_400 } }, 'INSTALLED, 3 d'],
  ['tunnel', { tunnel: { mtu: 1400, isUp: false } }, 'down, 1,400 bytes'],
  ['ping', { ping: { answers: true, ms: null } }, 'answered'],
])('says of "%s" how it is', (proof, seen, text) => {
  expect(saidOf(proof, { ...pairSeen, ...seen })).toBe(text)
})
