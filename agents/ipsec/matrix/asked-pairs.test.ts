import { expect, it } from 'vitest'
import type { IpsecFacts } from '../facts/facts'
import { loadFixture } from '../facts/load-fixtures'
import { parseFacts } from '../facts/parse-facts'
import { askedPairsOf, endOf, pairSide } from './asked-pairs'

const member = (label: string, last: number) => ({
  hostId: label,
  label,
  outer: `10.77.0.${last}`,
  inner: `172.20.0.${last}`,
})
const members = [member('quince', 81), member('medlar', 82), member('umber', 83)] as const
const mesh = { tag: 'cloud', profile: 'modern' as const, members: [...members] }
const daemon = {
  kind: 'swanctl' as const,
  version: '5.9.8',
  unit: 'strongswan.service',
  isActive: true,
  isEnabled: true,
}

function factsOfQuince(): IpsecFacts {
  const found = parseFacts(loadFixture('quince') as Parameters<typeof parseFacts>[0])
  if (found.state === 'not-read') throw new Error(found.detail)
  return found.value
}

it('takes an end from the device that the outer address stands on', () => {
  const facts = factsOfQuince()
  expect(endOf(facts, members[0])).toEqual({ mtu: 1500, daemon: facts.daemon })
  expect(endOf(facts, { ...members[0], outer: '203.0.113.9' })).toBeNull()
})

it('measures a pair by the smaller end', () => {
  const ends = [
    { mtu: 1500, daemon },
    { mtu: 1450, daemon },
  ] as const
  expect(pairSide(mesh, ...ends)).toMatchObject({ mtu: 1394, suite: { id: 'modern' } })
  expect(pairSide(mesh, ends[0], ends[0])?.mtu).toBe(1446)
  expect(pairSide(mesh, ends[0], null)).toBeNull()
})

it('asks a member of its pairs, those left out of which an end is not known', () => {
  const known = { mtu: 1500, daemon }
  expect(askedPairsOf(mesh, members[1], [known, known, null])).toEqual([
    {
      name: 'cloud-quince',
      ownOuter: '10.77.0.82',
      peerOuter: '10.77.0.81',
      peerInner: '172.20.0.81',
      mtu: 1446,
    },
  ])
  expect(askedPairsOf(mesh, members[0], [known, known, known]).map(({ name }) => name)).toEqual([
    'cloud-medlar',
    'cloud-umber',
  ])
  expect(askedPairsOf(mesh, members[0], [null, known, known])).toEqual([])
})
