import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { trimFacts } from './trim-facts'

const test = withTestStore()
const now = new Date('2026-11-22T12:00:00Z')

async function readingsAt(times: readonly string[], tier = 'cheap') {
  const { db } = test.current()
  const host = await makeHost(db)
  const rows = times.map((time) => ({
    hostId: host.id,
    tier,
    takenAt: new Date(time),
    durationMs: 1,
    roundTrips: 1,
    data: '{}',
  }))
  await db.factsReading.createMany({ data: rows })
}

async function left() {
  const rows = await test.current().db.factsReading.findMany({ orderBy: { takenAt: 'asc' } })
  return rows.map((row) => row.takenAt.toISOString().slice(0, 16))
}

it('keeps all of 7 days, then one a day up to 90, and records what went', async () => {
  await readingsAt([
    '2026-08-24T11:59:00Z', // older than 90 days
    '2026-08-24T12:01:00Z',
    '2026-11-10T01:00:00Z',
    '2026-11-10T13:00:00Z', // the same day again
    '2026-11-11T01:00:00Z',
    '2026-11-15T12:01:00Z', // within 7 days
    '2026-11-15T12:06:00Z',
    '2026-11-22T11:59:00Z',
  ])
  expect(await trimFacts(someone('admin'), now)).toEqual({ removed: 2 })
  expect(await left()).toEqual([
    '2026-08-24T12:01',
    '2026-11-10T01:00',
    '2026-11-11T01:00',
    '2026-11-15T12:01',
    '2026-11-15T12:06',
    '2026-11-22T11:59',
  ])
  const audit = await lastAudit(test.current().db)
  expect(audit.verb).toBe('trim facts')
  expect(JSON.parse(audit.detail)).toMatchObject({ removed: 2, tooOld: 1, thinned: 1 })
})

it('keeps each host’s and each tier’s own', async () => {
  await readingsAt(['2026-11-10T01:00:00Z'])
  await readingsAt(['2026-11-10T02:00:00Z'])
  await readingsAt(['2026-11-10T03:00:00Z'], 'deep')
  expect(await trimFacts(someone('admin'), now)).toEqual({ removed: 0 })
  expect(await test.current().db.auditRow.count()).toBe(0)
})

it('is not an operator’s', async () => {
  expect(await refusalOf(trimFacts(someone('operator'), now))).toMatchObject({ code: 'forbidden' })
})
