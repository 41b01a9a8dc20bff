import { describe, expect, it } from 'vitest'
import { MaintenanceWindows, nextSpan } from './maintenance-windows'

const sunday = { days: [0], start: '02:00', minutes: 120, zone: 'Europe/Berlin' }
const text = (span: ReturnType<typeof nextSpan>) => span && [span.from.toISOString(), span.until.toISOString()]

describe('nextSpan', () => {
  it('finds the next one in the window’s own zone, across the change to winter time', () => {
    const summer = new Date('2026-10-20T12:00:00Z')
    expect(text(nextSpan([[{ ...sunday, start: '01:00' }]], summer))).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ])
    expect(text(nextSpan([[sunday]], new Date('2026-10-26T12:00:00Z')))).toEqual([
      '2026-11-01T01:00:00.000Z',
      '2026-11-01T03:00:00.000Z',
    ])
  })

  it('takes the one that is open now, over midnight too, unless it ends in a moment', () => {
    const late = { days: [6], start: '23:30', minutes: 60, zone: 'UTC' }
    expect(text(nextSpan([[late]], new Date('2026-11-22T00:10:00Z')))).toEqual([
      '2026-11-21T23:30:00.000Z',
      '2026-11-22T00:30:00.000Z',
    ])
    expect(text(nextSpan([[late]], new Date('2026-11-22T00:27:00Z')))?.[0]).toBe('2026-11-28T23:30:00.000Z')
  })

  it('is what all hosts have in common, or nothing', () => {
    const utc = { ...sunday, zone: 'UTC' }
    expect(text(nextSpan([[sunday], [{ ...utc, start: '02:30' }]], new Date('2026-11-16T00:00:00Z')))).toEqual([
      '2026-11-22T02:30:00.000Z',
      '2026-11-22T03:00:00.000Z',
    ])
    expect(nextSpan([[sunday], [{ ...utc, days: [1] }]], new Date('2026-11-16T00:00:00Z'))).toBeNull()
    expect(nextSpan([[sunday], []], new Date())).toBeNull()
  })
})

it.each([
  { ...sunday, days: [] },
  { ...sunday, days: [7] },
  { ...sunday, start: '24:00' },
  { ...sunday, minutes: 5 },
  { ...sunday, zone: 'Mars/Olympus' },
])('refuses %j', (window) => {
  expect(MaintenanceWindows.safeParse([window]).success).toBe(false)
})
