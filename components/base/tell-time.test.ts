import { describe, expect, it } from 'vitest'
import { tellExactly, tellTime } from './tell-time'

const now = Date.parse('2026-11-09T08:12:11Z')
const s = 1000
const d = 86_400 * s

describe('tellTime', () => {
  it.each([
    [now, 'now'],
    [now - 40 * s, '40 s ago'],
    [now - 59.6 * s, '1 min ago'],
    [now - 12 * 60 * s, '12 min ago'],
    [now - 8 * 3600 * s, '8 h ago'],
    [now - 47 * 3600 * s, '47 h ago'],
    [now - 41 * d, '41 d ago'],
    [now - 800 * d, '2 y ago'],
    [now + 90 * s, 'in 1 min'],
    [now + 54 * d, '2 Jan 2027'],
    [now + 20 * d, '29 Nov'],
  ])('%d is %s', (at, told) => {
    expect(tellTime(at, now, false, 'UTC')).toBe(told)
  })

  it('leaves the ago out when short', () => {
    expect(tellTime(now - 12 * d, now, true)).toBe('12 d')
    expect(tellTime(now + 90 * s, now, true)).toBe('in 1 min')
  })
})

it('tells the exact time with its zone', () => {
  expect(tellExactly(now, 'UTC')).toBe('9 Nov 2026, 08:12:11 UTC')
  expect(tellExactly(now, 'Europe/Paris')).toMatch(/^9 Nov 2026, 09:12:11 (CET|GMT\+1)$/)
})
