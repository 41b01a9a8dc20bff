import { expect, it } from 'vitest'
import { zoneVerdict } from './zone-verdict'

const at = (iso: string) => String(Date.parse(iso) / 1000)
const job = (endTime: string | null, iso: string) => ({ endTime, jobTDate: at(iso) })

it.each([
  ['Europe/Paris', '2026-01-10 12:00:00', '2026-01-10T11:00:00Z', { kind: 'fits' }],
  ['Europe/Paris', '2026-07-10 12:00:00', '2026-07-10T10:00:00Z', { kind: 'fits' }],
  ['Etc/UTC', '2026-07-10 12:00:00', '2026-07-10T10:00:00Z', { kind: 'wrong', offset: '+02:00' }],
  ['Europe/Paris', '2026-07-10 12:00:00', '2026-07-10T15:30:00Z', { kind: 'wrong', offset: '−03:30' }],
  ['Europe/Paris', '2026-07-10 12:00:00.123', '2026-07-10T10:00:00Z', { kind: 'fits' }],
  // No clock of the world is 7 minutes ahead: the end was set by other means.
  ['Europe/Paris', '2026-07-10 12:00:00', '2026-07-10T11:53:00Z', { kind: 'unknown' }],
])('with %s, %s at %s', (zone, wall, iso, verdict) => {
  expect(zoneVerdict([job(wall, iso)], zone)).toEqual(verdict)
})

it('goes with most of the jobs', () => {
  const good = job('2026-01-10 12:00:00', '2026-01-10T11:00:00Z')
  const odd = job('2026-01-10 12:00:00', '2026-01-10T09:00:00Z')
  expect(zoneVerdict([odd, good, good], 'Europe/Paris')).toEqual({ kind: 'fits' })
  expect(zoneVerdict([good, odd, odd], 'Europe/Paris')).toEqual({ kind: 'wrong', offset: '+03:00' })
})

it('takes no job that says nothing', () => {
  const silent = [job(null, '2026-01-10T11:00:00Z'), { endTime: '2026-01-10 12:00:00', jobTDate: null }]
  expect(zoneVerdict([...silent, { endTime: '0000-00-00 00:00:00', jobTDate: '0' }], 'Europe/Paris')).toEqual({
    kind: 'unknown',
  })
})
