import { describe, expect, it } from 'vitest'
import { pairIndex, unpackPair } from '@/agents/ipsec/matrix/view'
import { pairSeen } from '@/agents/ipsec/pair/testing'
import type { PairSeen } from '@/agents/ipsec/view'
import { joinReadings, type MemberReading, meshSeenOf, nothingSeen, STALE_MS } from './mesh-seen'
import { knownMember, someMesh, someReading } from './testing'

const now = 1_000_000
const mesh = someMesh(['quince', 'medlar', 'umber'])
const { end } = knownMember
const reading = (own: string, more: Partial<MemberReading> = {}, seen: Partial<PairSeen> = {}) =>
  someReading(mesh, own, { at: now - 1_000, ...more }, seen)

const seenOf = (readings: Record<string, MemberReading>, more = {}) =>
  meshSeenOf({
    ...{ mesh, ends: [end, end, end], work: [], at: now, now, ...more },
    readings: new Map(Object.entries(readings).map(([label, one]) => [`id-of-${label}`, one])),
  })
const stateOf = ({ pairs }: ReturnType<typeof seenOf>, a: number, b: number) => {
  const code = pairs[pairIndex(a, b, mesh.members.length)]
  if (!code) throw new Error('expected a pair')
  return unpackPair(code)
}
const all = { quince: reading('quince'), medlar: reading('medlar'), umber: reading('umber') }

describe('what is seen of a mesh', () => {
  it('is every pair by what both its ends said', () => {
    const seen = seenOf(all)
    expect(seen.pairs.map((code) => unpackPair(code).verdict)).toEqual(['fine', 'fine', 'fine'])
    expect(seen).toMatchObject({ changeId: 7, at: now, problems: [null, null, null], trouble: null })
    expect(seen.drops).toEqual({ in: 3, out: null })
    const slow = reading('medlar', {}, { ping: { answers: true, ms: 9 } })
    expect(stateOf(seenOf({ ...all, medlar: slow }), 0, 1).ms).toEqual([0.6, 9])
    expect(stateOf(seenOf({ ...all, medlar: slow }), 1, 2).ms).toEqual([9, 0.6])
  })

  it('loses of a member that was not read only its own pairs', () => {
    const gone = { at: now, pairs: null, drops: { in: null, out: null }, problem: 'It is out of reach.' }
    const seen = seenOf({ ...all, umber: gone })
    expect(seen.problems).toEqual([null, null, 'It is out of reach.'])
    expect(stateOf(seen, 0, 1).verdict).toBe('fine')
    expect([stateOf(seen, 0, 2).verdict, stateOf(seen, 1, 2).verdict]).toEqual(['unknown', 'unknown'])
  })

  it('is broken where the one end that was read says so', () => {
    const lost = reading('quince', {}, { ping: { answers: false, ms: null } })
    const seen = seenOf({ quince: lost })
    expect(stateOf(seen, 0, 1)).toMatchObject({ verdict: 'broken', proof: 'ping' })
    expect(stateOf(seen, 1, 2).verdict).toBe('unknown')
  })

  it('counts nothing that was said too long ago', () => {
    const old = reading('medlar', { at: now - STALE_MS - 1 })
    const seen = seenOf({ ...all, medlar: old })
    expect(stateOf(seen, 0, 1).verdict).toBe('unknown')
    expect(seen.problems[1]).toMatch(/still being asked/)
    expect(stateOf(seenOf({ ...all, medlar: { ...old, at: now - STALE_MS } }), 0, 1).verdict).toBe('fine')
  })

  it('is not known where nobody knows what a pair is measured by', () => {
    const seen = seenOf(all, { ends: [end, null, end] })
    expect([stateOf(seen, 0, 1).verdict, stateOf(seen, 0, 2).verdict]).toEqual(['unknown', 'fine'])
  })

  it('says which members are being changed', () => {
    const work = [
      { changeId: 9, hostIds: ['id-of-umber', 'id-of-quince', 'id-of-none'] },
      { changeId: 10, hostIds: ['id-of-none'] },
    ]
    expect(seenOf(all, { work }).work).toEqual([{ changeId: 9, members: [0, 2] }])
  })

  it('is nothing before the first look', () => {
    expect(nothingSeen(mesh)).toMatchObject({ changeId: 7, at: null, pairs: [] })
  })
})

it('joins what a member said in several calls', () => {
  const part = (name: string, drops: number) => ({
    pairs: [{ ...pairSeen, name }],
    drops: { in: drops, out: 0 },
    xfrmStat: {},
  })
  const joined = joinReadings([part('cloud-a', 1), part('cloud-b', 2)], 5)
  expect([...(joined.pairs ?? [])].map(([name]) => name)).toEqual(['cloud-a', 'cloud-b'])
  expect(joined).toMatchObject({ at: 5, drops: { in: 2, out: 0 }, problem: null })
  expect(joinReadings([], 5).drops).toEqual({ in: null, out: null })
})

it('stays small with 50 members', () => {
  const big = someMesh(Array.from({ length: 50 }, (_, at) => `host${at}`))
  const ping = { answers: true, ms: 12.34 }
  const readings = new Map(
    big.members.map(({ hostId, label }) => [hostId, someReading(big, label, { at: now }, { ping })]),
  )
  const seen = meshSeenOf({ mesh: big, ends: big.members.map(() => end), readings, work: [], at: now, now })
  expect(seen.pairs).toHaveLength(1225)
  expect(JSON.stringify(seen).length).toBeLessThan(40_000)
})
