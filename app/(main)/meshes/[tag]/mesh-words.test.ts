import { describe, expect, it } from 'vitest'
import { type PairCode, pairProofs, pairVerdicts } from '@/agents/ipsec/matrix/view'
import { nothingSeen } from '../live/mesh-seen'
import {
  cellWords,
  countPairs,
  countsText,
  formatMs,
  meshTitle,
  pairsText,
  rowsByFault,
  shownPairs,
  worstFirst,
} from './mesh-words'

type Verdict = (typeof pairVerdicts)[number]

const code = (verdict: Verdict, proof: (typeof pairProofs)[number] | null = null): PairCode => [
  pairVerdicts.indexOf(verdict),
  proof === null ? -1 : pairProofs.indexOf(proof),
  0.61,
  5,
]
const seenOf = (pairs: PairCode[], work: { changeId: number; members: number[] }[] = []) => ({
  ...nothingSeen({ changeId: 1 }),
  pairs,
  work,
})
// Of three members: 0 and 1, 0 and 2, 1 and 2.
const shown = (verdicts: Verdict[], work: { changeId: number; members: number[] }[] = []) =>
  shownPairs(
    seenOf(
      verdicts.map((verdict) => code(verdict)),
      work,
    ),
    3,
  )
const titleOf = (verdicts: Verdict[], work: { changeId: number; members: number[] }[] = []) =>
  meshTitle(countPairs(shown(verdicts, work)), true)

describe('pairs', () => {
  it('are those of the places, and not known before the first look', () => {
    expect(shown(['fine', 'weak', 'broken']).map(({ a, b, verdict }) => [a, b, verdict])).toEqual([
      [0, 1, 'fine'],
      [0, 2, 'weak'],
      [1, 2, 'broken'],
    ])
    expect(shownPairs(seenOf([]), 3).map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('are being changed where one change has both members', () => {
    const work = [{ changeId: 9, members: [0, 2] }]
    expect(shown(['fine', 'broken', 'fine'], work).map(({ changeId }) => changeId)).toEqual([null, 9, null])
    const apart = [
      { changeId: 9, members: [0] },
      { changeId: 10, members: [1] },
    ]
    expect(shown(['fine', 'fine', 'fine'], apart).every(({ changeId }) => changeId === null)).toBe(true)
  })

  it('say in a cell who, how, and how long', () => {
    const words = (verdict: Verdict, proof: Parameters<typeof code>[1] = null, ms: number | null = 0.61) => {
      const [pair] = shownPairs(seenOf([code(verdict, proof)]), 2)
      if (!pair) throw new Error('expected a pair')
      return cellWords(pair, 'quince', 'medlar', ms)
    }
    expect(words('fine')).toBe('quince to medlar: all proofs hold, 0.6 ms')
    expect(words('weak')).toBe('quince to medlar: all proofs hold, by a suite for older daemons, 0.6 ms')
    expect(words('broken', 'ike', null)).toBe('quince to medlar: broken: no IKE SA')
    expect(words('unknown', 'trap', null)).toBe('quince to medlar: not known: Trap was not read at both ends')
    const [pair] = shownPairs(seenOf([code('broken', 'ike')], [{ changeId: 9, members: [0, 1] }]), 2)
    expect(pair && cellWords(pair, 'a', 'b', 5)).toBe('a to b: being changed by #9, 5.0 ms')
  })

  it('stand the worst first, else in their order', () => {
    const order = worstFirst(shown(['fine', 'weak', 'broken'])).map(({ verdict }) => verdict)
    expect(order).toEqual(['broken', 'weak', 'fine'])
    expect(worstFirst(shown(['unknown', 'fine', 'unknown'])).map(({ a, b }) => `${a}${b}`)).toEqual(['01', '12', '02'])
  })

  it('put the members with the most faults first', () => {
    expect(rowsByFault(shown(['fine', 'broken', 'weak']), 3)).toEqual({ order: [2, 0, 1], faulty: 3 })
    expect(rowsByFault(shown(['fine', 'fine', 'broken']), 3)).toEqual({ order: [1, 2, 0], faulty: 2 })
    expect(rowsByFault(shown(['fine', 'fine', 'fine']), 3)).toEqual({ order: [0, 1, 2], faulty: 0 })
  })
})

it('tells of a mesh the worst that it has', () => {
  expect(titleOf(['fine', 'fine', 'fine'])).toBe('all 3 pairs are proved')
  expect(titleOf(['fine', 'weak', 'fine'])).toBe('1 of 3 pairs is weak')
  expect(titleOf(['unknown', 'weak', 'unknown'])).toBe('2 of 3 pairs are not known')
  expect(titleOf(['unknown', 'weak', 'fine'], [{ changeId: 9, members: [1, 2] }])).toBe('1 of 3 pairs is being changed')
  expect(titleOf(['unknown', 'weak', 'broken'])).toBe('1 of 3 pairs is broken')
  expect(meshTitle(countPairs(shown(['unknown'])), false)).toBe('not checked yet')
  const [pair] = shownPairs(seenOf([code('fine')]), 2)
  expect(pair && meshTitle(countPairs([pair]), true)).toBe('its pair is proved')
  expect(countsText(countPairs(shown(['fine', 'weak', 'fine'])))).toBe('2 proved, 1 weak')
})

it('writes times and counts', () => {
  expect([0.61, 5, 9.96, 12.4, 140].map(formatMs)).toEqual(['0.6', '5.0', '10.0', '12', '140'])
  expect([1, 1225].map(pairsText)).toEqual(['1 pair', '1,225 pairs'])
})
