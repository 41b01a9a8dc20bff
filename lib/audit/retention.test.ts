import { afterEach, describe, expect, it, vi } from 'vitest'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { logAuditHead } from './log-audit-head'
import { getAuditRetention, setAuditRetention } from './retention'
import { tamper } from './testing'
import { trimAudit } from './trim-audit'
import { verifyAudit } from './verify-audit'
import { writeAudit } from './write-audit'

const test = withTestStore()
const admin = someone('admin')
const dayMs = 24 * 60 * 60 * 1000
const begin = Date.parse('2026-03-01T00:00:00Z')

afterEach(() => void vi.useRealTimers())

function at(day: number): Date {
  const now = new Date(begin + day * dayMs)
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now)
  return now
}

async function writeOn(...days: number[]): Promise<void> {
  for (const day of days) {
    at(day)
    await work((tx) => writeAudit(tx, admin, { verb: 'edit host', object: 'host', label: `day ${day}` }))
  }
}

async function labels(): Promise<string[]> {
  return (await test.current().db.auditRow.findMany({ orderBy: { id: 'asc' } })).map((row) => row.label)
}

/** A look at a store that runs: there was one the night before. */
async function trimOn(day: number): Promise<{ removed: number }> {
  await setAuditRetention(admin, { days: 30 }, at(day - 1))
  await lookedOn(day - 1)
  return trimAudit(admin, at(day))
}

function lookedOn(day: number): Promise<unknown> {
  return test.current().db.setting.updateMany({ data: { value: JSON.stringify({ days: 30, ranAt: +at(day) }) } })
}

describe('retention', () => {
  it('keeps every row until an admin says otherwise, and records what he says', async () => {
    expect(await getAuditRetention(admin)).toEqual({ days: null })
    await writeOn(0)
    expect(await trimAudit(admin, at(4_000))).toEqual({ removed: 0 })
    await setAuditRetention(admin, { days: 400 })
    expect(await getAuditRetention(admin)).toEqual({ days: 400 })
    expect(await lastAudit(test.current().db)).toMatchObject({
      verb: 'set audit retention',
      actor: 'the admin',
      detail: JSON.stringify({ days: { before: 'for good', after: 400 } }),
    })
  })

  it('is audited: the row that it leaves carries the last removed one, and the chain holds from there', async () => {
    await writeOn(0, 1, 2, 50)
    const { db } = test.current()
    const third = await db.auditRow.findUniqueOrThrow({ where: { id: 3 } })
    expect(await trimOn(55)).toEqual({ removed: 3 })
    const row = await lastAudit(db)
    expect(row).toMatchObject({ verb: 'trim audit', object: 'setting' })
    expect(JSON.parse(row.detail)).toEqual({ removed: 3, keptDays: 30, through: 3, mac: third.mac })
    expect(await labels()).toEqual(['day 50', 'audit record', 'audit record'])
    expect(await verifyAudit(admin)).toMatchObject({ good: 3, broken: null, removedThrough: 3 })
    // And once more, a month later.
    await writeOn(90)
    expect(await trimOn(91)).toEqual({ removed: 3 })
    expect(await verifyAudit(admin)).toMatchObject({ good: 2, broken: null, removedThrough: 6 })
  })

  it('removes nothing where nothing is old, and always leaves the newest row', async () => {
    await writeOn(0, 1)
    expect(await trimOn(10)).toEqual({ removed: 0 })
    expect((await labels()).length).toBe(3)
    // The row of setAuditRetention is the newest one, and as old as the others by now.
    await lookedOn(99)
    expect(await trimAudit(admin, at(100))).toEqual({ removed: 2 })
    expect(await verifyAudit(admin)).toMatchObject({ good: 2, broken: null })
  })

  it('asks for no noted row that it removed itself, and for every other', async () => {
    await writeOn(0)
    const old = await logAuditHead()
    await writeOn(1, 50)
    const young = await logAuditHead()
    await trimOn(55)
    if (!old || !young) throw new Error('expected two heads')
    expect(await verifyAudit(admin, [old, young])).toMatchObject({ broken: null, missing: [] })
    expect(await verifyAudit(admin, [{ ...young, mac: old.mac }])).toMatchObject({ missing: [{ id: young.id }] })
  })

  it('leaves no way to remove more: neither in the store, nor past the chain', async () => {
    await writeOn(0, 1, 50)
    await trimOn(55)
    const { db } = test.current()
    await expect(db.auditRow.deleteMany({ where: { id: 3 } })).rejects.toThrow()
    expect(await db.auditRow.count({ where: { id: 3 } })).toBe(1)
    await tamper(db, () => db.auditRow.deleteMany({ where: { id: 3 } }))
    expect(await verifyAudit(admin)).toMatchObject({ good: 0, broken: { id: 4 } })
    // A false word on where the chain begins is a row like any other.
    const fourth = await db.auditRow.findUniqueOrThrow({ where: { id: 3 + 1 } })
    await db.auditRow.update({ where: { id: 5 }, data: { detail: JSON.stringify({ through: 3, mac: fourth.mac }) } })
    expect((await verifyAudit(admin)).broken).not.toBeNull()
  })

  it('removes nothing in the night after the clock was set forward, or back', async () => {
    await writeOn(0, 1, 2)
    await setAuditRetention(admin, { days: 30 }, at(3))
    expect(await trimAudit(admin, at(4_000))).toEqual({ removed: 0 })
    expect(await trimAudit(admin, at(4))).toEqual({ removed: 0 })
    expect(await trimAudit(admin, at(5))).toEqual({ removed: 0 })
    expect((await labels()).length).toBe(4)
  })

  it('stops before the first young row, whatever a clock once wrote behind it', async () => {
    await writeOn(0, 60, 1, 61)
    expect(await trimOn(65)).toEqual({ removed: 1 })
    expect((await labels()).slice(0, 3)).toEqual(['day 60', 'day 1', 'day 61'])
  })

  it.each([29, 0, -1, 1.5, 36_501, Number.NaN])('refuses %s days', async (days) => {
    expect(await refusalOf(setAuditRetention(admin, { days }))).toMatchObject({ code: 'invalid' })
  })

  it.each(['viewer', 'operator'] as const)('is not for a %s', async (role) => {
    for (const verb of [getAuditRetention, trimAudit, (ctx: typeof admin) => setAuditRetention(ctx, { days: 40 })])
      expect(await refusalOf(verb(someone(role)))).toMatchObject({ code: 'forbidden' })
  })
})
