import { describe, expect, it } from 'vitest'
import { instantsOf, isNoTime, isTimeZone, laterInstant, offsetAt, parseWall, wallText } from './local-time'

const utc = (text: string) => Date.parse(`${text}Z`)
const wall = (text: string) => {
  const parsed = parseWall(text)
  if (parsed === null) throw new Error(`expected a time, got ${text}`)
  return parsed
}
const found = (text: string, zone: string) => instantsOf(wall(text), zone)

describe('parseWall', () => {
  it.each([
    ['2026-11-07 23:05:00', '2026-11-07T23:05:00'],
    ['2026-11-07T23:05:00', '2026-11-07T23:05:00'],
    ['2026-11-07 23:05:00.123456', '2026-11-07T23:05:00'],
    ['2028-02-29 00:00:00', '2028-02-29T00:00:00'],
  ])('reads %s', (stored, expected) => {
    expect(parseWall(stored)).toBe(utc(expected))
  })

  it.each([
    '2026-02-29 00:00:00',
    '2026-13-01 00:00:00',
    '2026-01-01 24:00:00',
    '2026-01-01',
    'yesterday',
    '2026-01-01 00:60:00',
  ])('takes %s for no time', (stored) => {
    expect(parseWall(stored)).toBeNull()
    expect(isNoTime(stored)).toBe(false)
  })

  it.each([null, undefined, '', '0', 0, '0000-00-00 00:00:00', '0000-00-00'])(
    'knows what was never written: %j',
    (stored) => {
      expect(isNoTime(stored)).toBe(true)
      expect(parseWall(stored)).toBeNull()
    },
  )
})

// Both switches of a year in each zone that has them, from the time zone database: one minute before, in and after.
describe('instantsOf', () => {
  it.each([
    ['Europe/Paris', '2026-03-29 01:59:00', '2026-03-29T00:59:00'],
    ['Europe/Paris', '2026-03-29 03:00:00', '2026-03-29T01:00:00'],
    ['Europe/Paris', '2026-10-25 01:59:00', '2026-10-24T23:59:00'],
    ['Europe/Paris', '2026-10-25 03:00:00', '2026-10-25T02:00:00'],
    ['America/New_York', '2026-03-08 01:59:00', '2026-03-08T06:59:00'],
    ['America/New_York', '2026-03-08 03:00:00', '2026-03-08T07:00:00'],
    ['America/New_York', '2026-11-01 00:59:00', '2026-11-01T04:59:00'],
    ['America/New_York', '2026-11-01 02:00:00', '2026-11-01T07:00:00'],
    ['Australia/Lord_Howe', '2026-10-04 01:59:00', '2026-10-03T15:29:00'],
    ['Australia/Lord_Howe', '2026-10-04 02:30:00', '2026-10-03T15:30:00'],
    ['Australia/Lord_Howe', '2026-04-05 01:29:00', '2026-04-04T14:29:00'],
    ['Australia/Lord_Howe', '2026-04-05 02:00:00', '2026-04-04T15:30:00'],
    ['Asia/Kolkata', '2026-03-29 02:30:00', '2026-03-28T21:00:00'],
    ['UTC', '2026-03-29 02:30:00', '2026-03-29T02:30:00'],
  ])('%s %s is once', (zone, local, expected) => {
    expect(found(local, zone)).toEqual({ kind: 'once', at: utc(expected) })
  })

  it.each([
    ['Europe/Paris', '2026-03-29 02:00:00', '2026-03-29T01:00:00'],
    ['Europe/Paris', '2026-03-29 02:30:00', '2026-03-29T01:30:00'],
    ['Europe/Paris', '2026-03-29 02:59:59', '2026-03-29T01:59:59'],
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00'],
    ['Australia/Lord_Howe', '2026-10-04 02:15:00', '2026-10-03T15:45:00'],
  ])('%s skipped %s', (zone, local, expected) => {
    expect(found(local, zone)).toEqual({ kind: 'skipped', at: utc(expected) })
  })

  it.each([
    ['Europe/Paris', '2026-10-25 02:00:00', '2026-10-25T00:00:00', '2026-10-25T01:00:00'],
    ['Europe/Paris', '2026-10-25 02:59:59', '2026-10-25T00:59:59', '2026-10-25T01:59:59'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00', '2026-11-01T06:30:00'],
    ['Australia/Lord_Howe', '2026-04-05 01:45:00', '2026-04-04T14:45:00', '2026-04-04T15:15:00'],
  ])('%s showed %s twice', (zone, local, first, second) => {
    expect(found(local, zone)).toEqual({ kind: 'twice', first: utc(first), second: utc(second) })
    expect(laterInstant(local, zone)).toBe(utc(second))
  })

  it.each(['Europe/Paris', 'America/New_York', 'UTC', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
    'leads back to every local time of a year in %s',
    (zone) => {
      const lost: string[] = []
      for (let at = utc('2026-01-01T00:07:00'); at < utc('2027-01-01T00:00:00'); at += 23 * 60_000) {
        const back = instantsOf(wall(wallText(at, zone)), zone)
        const ats = back.kind === 'twice' ? [back.first, back.second] : [back.at]
        if (back.kind === 'skipped' || !ats.includes(at)) lost.push(wallText(at, zone))
      }
      expect(lost).toEqual([])
    },
  )
})

it('keeps the offset of each side of a switch', () => {
  expect(offsetAt(utc('2026-03-29T00:59:59'), 'Europe/Paris')).toBe(3_600_000)
  expect(offsetAt(utc('2026-03-29T01:00:00'), 'Europe/Paris')).toBe(7_200_000)
  expect(offsetAt(utc('2026-03-29T01:00:00'), 'Asia/Kolkata')).toBe(19_800_000)
})

it('knows which zones there are', () => {
  expect(['Europe/Paris', 'UTC', 'Asia/Kolkata'].every(isTimeZone)).toBe(true)
  expect(['Europe/Pari', '', 'CEST6', "'; DROP TABLE Job"].some(isTimeZone)).toBe(false)
  expect(() => instantsOf(0, 'Nowhere/None')).toThrow(RangeError)
})
