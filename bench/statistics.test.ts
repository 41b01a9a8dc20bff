import { describe, expect, it } from 'vitest'
import { compareRounds, median } from './statistics'

describe('median', () => {
  it('takes the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([10, 2, 4, 6])).toBe(5)
    expect(median([7])).toBe(7)
  })

  it('sorts by value, not by text', () => {
    expect(median([100, 20, 3])).toBe(20)
  })

  it('refuses an empty list', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('compareRounds', () => {
  it('holds ours against the mean of the two baselines around it', () => {
    expect(compareRounds([[10, 6, 20]])).toEqual({ baseline: 15, ours: 6, ratio: 0.4, spread: [0.4, 0.4] })
  })

  it('is not moved by a round in which the whole machine was slow', () => {
    const { ratio, spread } = compareRounds([
      [10, 5, 10],
      [100, 50, 100],
      [10, 5, 10],
      [10, 9, 10],
    ])
    expect(ratio).toBe(0.5)
    expect(spread).toEqual([0.5, 0.9])
  })
})
