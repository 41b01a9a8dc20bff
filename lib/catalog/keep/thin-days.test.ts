import fc from 'fast-check'
import { expect, it } from 'vitest'
import { thinnedDays } from './thin-days'

const dayMs = 86_400_000
const today = '2026-11-26'
const ago = (days: number) => new Date(Date.parse(today) - days * dayMs).toISOString().slice(0, 10)
const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => ago(from + at))

it('keeps each day of 90, a week’s first of a year, a month’s first of two years, and no more', () => {
  const days = span(0, 900)
  const gone = new Set(thinnedDays(days, today))
  const kept = days.filter((day) => !gone.has(day))
  expect(span(0, 90).every((day) => !gone.has(day))).toBe(true)
  expect(kept.filter((day) => day < ago(90) && day >= ago(365)).length).toBeLessThanOrEqual(41)
  expect(kept.filter((day) => day < ago(365)).length).toBeLessThanOrEqual(14)
  expect(kept.some((day) => day < ago(731))).toBe(false)
})

it('takes nothing more when asked again on the same day, and leaves no hole wider than it must', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 800 }), { maxLength: 300 }), (ages) => {
      const days = ages.map(ago)
      const kept = days.filter((day) => !thinnedDays(days, today).includes(day))
      expect(thinnedDays(kept, today)).toEqual([])
      for (const day of days.filter((one) => one >= ago(365)))
        expect(kept.some((other) => Math.abs(Date.parse(other) - Date.parse(day)) < 7 * dayMs)).toBe(true)
    }),
  )
})

it('comes to the same whether it runs each day or once', () => {
  const all = span(0, 500)
  let kept: string[] = []
  for (const day of all.toReversed()) {
    kept.push(day)
    const gone = thinnedDays(kept, day)
    kept = kept.filter((one) => !gone.includes(one))
  }
  expect(kept.length).toBeLessThan(91 + 41 + 7)
  expect(thinnedDays(kept, today)).toEqual([])
})
