import { describe, expect, it } from 'vitest'
import { type BlockRange, rangeBytes, volumeKind } from './block-range'
import { compression, jobRate, jobSeconds } from './job-figures'
import { defaultHealthLimits, volumeHealth } from './volume-health'

const paris = 'Europe/Paris'

it.each([
  ['2026-11-07 23:05:00', '2026-11-08 04:05:00', paris, 18_000],
  ['2026-11-07 23:05:00', '2026-11-07 23:05:00', paris, 0],
  // Through the night of a switch the wall tells an hour too much or too little.
  ['2026-03-28 23:05:00', '2026-03-29 04:05:00', paris, 14_400],
  ['2026-10-24 23:05:00', '2026-10-25 04:05:00', paris, 21_600],
  ['2026-10-25 02:50:00', '2026-10-25 02:10:00', paris, 1200],
  ['2026-10-25 02:10:00', '2026-10-25 02:40:00', paris, 1800],
  ['2026-10-25 02:10:00', '2026-10-25 02:40:00', 'UTC', 1800],
  ['2026-11-07 23:05:00', '2026-11-07 22:05:00', paris, null],
  ['2026-11-07 23:05:00', null, paris, null],
  ['2026-11-07 23:05:00', '0000-00-00 00:00:00', paris, null],
])('from %s to %s in %s', (start, end, zone, seconds) => {
  expect(jobSeconds(start, end, zone)).toBe(seconds)
})

it.each([
  [1000, 10, 100],
  [0, 10, 0],
  [1000, 0, null],
  [1000, null, null],
  [null, 10, null],
])('%j bytes in %j seconds', (bytes, seconds, rate) => {
  expect(jobRate(bytes, seconds)).toBe(rate)
})

it.each([
  [1000, 750, 0.25],
  [1000, 1100, -0.1],
  [0, 0, null],
  [0, 10, null],
  [null, 10, null],
  [1000, null, null],
])('%j read, %j stored', (read, stored, saved) => {
  const found = compression(read, stored)
  if (saved === null) expect(found).toBeNull()
  else expect(found).toBeCloseTo(saved, 10)
})

const file = { volType: 1, volBytes: 4_294_950_912, volBlocks: 66_576, endFile: 0, endBlock: 4_294_950_911 }
const tape = { volType: 2, volBytes: 645_120_000, volBlocks: 10_000, endFile: 3, endBlock: 2500 }
const range = (startFile: number, startBlock: number, endFile: number, endBlock: number): BlockRange => ({
  startFile,
  startBlock,
  endFile,
  endBlock,
})

describe('volumeKind', () => {
  it.each([
    [file, 'disk'],
    [{ ...file, volType: 14 }, 'disk'],
    [tape, 'tape'],
    [{ ...file, volType: 0 }, 'disk'],
    [{ ...file, volType: null, endFile: 1, endBlock: 704_935_167, volBytes: 4_999_902_464 }, 'disk'],
    [{ ...tape, volType: 0 }, 'unknown'],
    [{ ...file, volType: 0, volBytes: 0 }, 'unknown'],
    [{ ...file, volType: 4 }, 'unknown'],
    [{ ...file, volType: null, endBlock: null }, 'unknown'],
  ])('%o is %s', (place, kind) => {
    expect(volumeKind(place)).toBe(kind)
  })
})

describe('rangeBytes', () => {
  it.each([
    ['one part', [range(0, 216, 0, 64_727)], file, 64_512],
    ['two parts', [range(0, 0, 0, 99), range(0, 200, 0, 299)], file, 200],
    ['parts that overlap count once', [range(0, 0, 0, 99), range(0, 50, 0, 149)], file, 150],
    ['a part within another', [range(0, 0, 0, 199), range(0, 50, 0, 99)], file, 200],
    ['parts in any order', [range(0, 200, 0, 299), range(0, 0, 0, 99)], file, 200],
    ['parts that touch', [range(0, 0, 0, 99), range(0, 100, 0, 199)], file, 200],
    ['past 4 GiB', [range(0, 4_294_967_295, 1, 0)], { ...file, volBytes: 5e9 }, 2],
    ['never more than the volume holds', [range(0, 0, 1, 0)], file, file.volBytes],
    ['blocks of a tape', [range(2, 0, 2, 999)], tape, 64_512_000],
    ['two files of a tape', [range(1, 0, 1, 9), range(2, 0, 2, 9)], tape, 20 * 64_512],
    ['past a file mark', [range(1, 500, 2, 10)], tape, null],
    ['a tape without figures', [range(1, 0, 1, 9)], { ...tape, volBlocks: 0 }, null],
    ['a part that ends before it starts', [range(0, 100, 0, 99)], file, null],
    ['nothing', [], file, null],
    ['an unknown kind', [range(0, 0, 0, 99)], { ...tape, volType: 0 }, null],
  ])('%s', (_, ranges, volume, bytes) => {
    expect(rangeBytes(ranges, volume)).toEqual({ bytes, isEstimate: true, because: expect.stringMatching(/\.$/) })
  })
})

describe('volumeHealth', () => {
  const now = Date.parse('2026-11-26T00:00:00Z')
  const worn = {
    kind: 'tape',
    volErrors: 1,
    volMounts: 51,
    volWrites: 4_000_000,
    since: now - 1825 * 86_400_000,
  } as const
  const fine = {
    kind: 'tape',
    volErrors: 0,
    volMounts: 50,
    volWrites: 3_999_999,
    since: now - 1824 * 86_400_000,
  } as const
  const found = (volume: Parameters<typeof volumeHealth>[0], limits = defaultHealthLimits) =>
    volumeHealth(volume, limits, now).findings.map(({ what }) => what)

  it('finds what reaches a limit, and nothing one short of it', () => {
    expect(found(worn)).toEqual(['errors', 'mounts', 'writes', 'age'])
    expect(found(fine)).toEqual([])
  })

  it('judges a volume on disk by its errors alone', () => {
    expect(found({ ...worn, kind: 'disk' })).toEqual(['errors'])
    expect(found({ ...worn, kind: 'unknown' })).toEqual(['errors', 'mounts', 'writes', 'age'])
  })

  it('follows edited limits', () => {
    expect(found(worn, { errors: 2, mounts: null, writes: 5_000_000, ageDays: 1 })).toEqual(['age'])
  })

  it('says what it does not know', () => {
    const { findings, notKnown } = volumeHealth({ ...fine, volErrors: null, since: null }, defaultHealthLimits, now)
    expect(findings).toEqual([])
    expect(notKnown).toEqual(['errors', 'age'])
  })

  it('says the figure and the limit', () => {
    expect(volumeHealth(worn, defaultHealthLimits, now).findings.map(({ because }) => because)).toEqual([
      '1 error; the limit is 1.',
      '51 mounts; the limit is 51.',
      '4,000,000 writes; the limit is 4,000,000.',
      'It is 1,825 days old; the limit is 1,825 days.',
    ])
  })
})
