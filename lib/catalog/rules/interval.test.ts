import { describe, expect, it } from 'vitest'
import { overdueVerdict, promisedInterval } from './interval'

const dayMs = 86_400_000
const now = Date.parse('2026-11-26T09:00:00Z')
const dayS = 86_400

/** Starts that end the given days before now, the gaps between them in days, oldest first. */
function startsBefore(daysAgo: number, gaps: readonly number[]): number[] {
  const starts = [now - daysAgo * dayMs]
  for (const gap of [...gaps].reverse()) starts.unshift((starts[0] ?? 0) - gap * dayMs)
  return starts
}
const repeat = (gaps: readonly number[], times: number) => Array.from({ length: times }, () => gaps).flat()
const runs = (starts: readonly number[], isGood = (_at: number, _place: number) => true) =>
  starts.map((at, place) => ({ at, isGood: isGood(at, place) }))

describe('promisedInterval', () => {
  it.each([
    ['every day', repeat([1], 20), 1, 1],
    ['Sunday to Friday', repeat([1, 1, 1, 1, 1, 2], 6), 1, 2],
    ['working days', repeat([1, 1, 1, 1, 3], 6), 1, 3],
    ['first Saturdays', [35, 28, 28, 35, 28, 35, 28, 28, 35, 28], 28, 35],
    ['every day, one outage of 12 days', [...repeat([1], 10), 12, ...repeat([1], 10)], 1, 1],
    ['weekly, one outage', [7, 7, 7, 28, 7, 7], 7, 7],
    ['weekly, now every day', [...repeat([7], 30), ...repeat([1], 30)], 1, 1],
    ['two gaps', [7, 7], 7, 7],
    ['started twice each time', repeat([0.01, 6.99], 6), 7, 7],
    ['once by hand just after', [1, 1, 0.05, 0.95, 1, 1, 1], 1, 1],
  ])('%s', (_, gaps, usual, longest) => {
    const found = promisedInterval(startsBefore(0.5, gaps))
    if (!found.known) throw new Error(found.because)
    expect(found.usual / dayS).toBeCloseTo(usual, 1)
    expect(found.longest / dayS).toBeCloseTo(longest, 1)
  })

  it.each([
    ['no run', []],
    ['one run', startsBefore(1, [])],
    ['two runs', startsBefore(1, [7])],
    ['three runs, two of them together', startsBefore(1, [7, 0.001])],
  ])('does not know an interval of %s', (_, starts) => {
    expect(promisedInterval(starts)).toMatchObject({ known: false, because: expect.stringContaining('too few') })
  })

  it('does not mind the order, and says how it was found', () => {
    const starts = startsBefore(0.5, repeat([1, 1, 1, 1, 1, 2], 3))
    const shuffled = [...starts].sort((one, other) => (one % 7) - (other % 7))
    expect(promisedInterval(shuffled)).toEqual(promisedInterval(starts))
    expect(promisedInterval(starts).because).toBe('Its last 19 runs were 1 day apart, with pauses of up to 2 days.')
  })
})

describe('overdueVerdict', () => {
  const nightly = repeat([1], 15)

  it.each([
    ['this night', startsBefore(0.4, nightly), 'on time'],
    ['a day and a bit ago, within the margin', startsBefore(1.2, nightly), 'on time'],
    ['past the margin', startsBefore(1.3, nightly), 'overdue'],
    ['on Saturday, with a pause each week', startsBefore(2.2, repeat([1, 1, 1, 1, 1, 2], 4)), 'on time'],
    ['long ago', startsBefore(40, nightly), 'overdue'],
    ['two runs', startsBefore(40, [7]), 'unknown'],
  ])('ran %s', (_, starts, state) => {
    expect(overdueVerdict(runs(starts), now).state).toBe(state)
  })

  it('counts from the last good run, while failed ones keep the promise', () => {
    const starts = startsBefore(0.4, nightly)
    const late = overdueVerdict(
      runs(starts, (_, place) => place < starts.length - 4),
      now,
    )
    expect(late).toMatchObject({ state: 'overdue', lastGood: new Date(starts.at(-5) ?? 0) })
    expect(late.because).toBe('Its last 16 runs were 1 day apart; the last good one began 4.4 days ago.')
    expect(late.late).toBeCloseTo(3.15 * dayS, -2)
  })

  it('says when it is due, in advance', () => {
    const { dueBy, late } = overdueVerdict(runs(startsBefore(0.4, nightly)), now)
    expect(dueBy).toEqual(new Date(now + (1.25 - 0.4) * dayMs))
    expect(late).toBe(-0.85 * dayS)
  })

  it('keeps the margin between three hours and two days', () => {
    const hourly = overdueVerdict(runs(startsBefore(0.5 / 24, repeat([1 / 24], 10))), now)
    expect(hourly.dueBy).toEqual(new Date(now + 3.5 * 3_600_000))
    const monthly = overdueVerdict(runs(startsBefore(10, repeat([28], 10))), now)
    expect(monthly.dueBy).toEqual(new Date(now + 20 * dayMs))
  })

  it.each([
    ['none at all', [], 'unknown'],
    ['none good', runs(startsBefore(0.4, nightly), () => false), 'never good'],
    ['one, not good', runs(startsBefore(0.4, []), () => false), 'never good'],
  ] as const)('of %s', (_, all, state) => {
    expect(overdueVerdict(all, now)).toMatchObject({ state, lastGood: null, dueBy: null })
  })
})
