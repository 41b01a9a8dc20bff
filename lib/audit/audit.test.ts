import { afterEach, describe, expect, it, vi } from 'vitest'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { exportAudit } from './export-audit'
import { listAudit } from './list-audit'
import { logAuditHead } from './log-audit-head'
import { tamper } from './testing'
import { verifyAudit } from './verify-audit'
import { type AuditEntry, writeAudit } from './write-audit'

const test = withTestStore()
const admin = someone('admin')

afterEach(() => void vi.useRealTimers())

function write(entry: Partial<AuditEntry> = {}, ctx = admin) {
  return work((tx) => writeAudit(tx, ctx, { verb: 'edit host', object: 'host', label: 'umber', ...entry }))
}

describe('the chain', () => {
  it('holds under fifty writers at the same time, and says its head', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => write({ label: `host ${i}` })))
    const verdict = await verifyAudit(admin)
    expect(verdict).toMatchObject({ good: 50, broken: null })
    const last = await test.current().db.auditRow.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(verdict.head).toEqual({ id: last.id, mac: last.mac })
  })

  it('keeps no row of a deed that failed', async () => {
    await write()
    const failed = work(async (tx) => {
      await writeAudit(tx, admin, { verb: 'remove host', object: 'host', label: 'umber' })
      throw new Error('failed')
    })
    await expect(failed).rejects.toThrow('failed')
    await write()
    expect(await verifyAudit(admin)).toMatchObject({ good: 2, broken: null })
  })

  it.each([
    ['who', { actor: 'Eve' }],
    ['what', { verb: 'sign in' }],
    ['when', { at: new Date(0) }],
    ['how it went', { outcome: 'refused' }],
    ['which object', { objectId: 'other' }],
    ['its name', { label: 'other' }],
    ['the rest', { detail: '{"a":1}' }],
    ['its own proof', { mac: 'x' }],
  ])('breaks at the row where somebody changed %s', async (_, data) => {
    for (const label of ['a', 'b', 'c']) await write({ label })
    await tamper(test.current().db, (db) => db.auditRow.update({ where: { id: 2 }, data }))
    expect(await verifyAudit(admin)).toMatchObject({ good: 1, head: { id: 1 }, broken: { id: 2 } })
  })

  it('breaks after a row that was taken away, at the front too', async () => {
    const { db } = test.current()
    for (const label of ['a', 'b', 'c', 'd']) await write({ label })
    await tamper(db, () => db.auditRow.delete({ where: { id: 3 } }))
    expect(await verifyAudit(admin)).toMatchObject({ good: 2, broken: { id: 4, label: 'd' } })
    await db.auditRow.delete({ where: { id: 1 } })
    expect(await verifyAudit(admin)).toMatchObject({ good: 0, head: null, broken: { id: 2 } })
  })

  it('breaks where two rows changed places', async () => {
    for (const label of ['a', 'b', 'c', 'd']) await write({ label })
    await tamper(test.current().db, async ({ auditRow }) => {
      for (const [from, to] of [
        [2, 9],
        [3, 2],
        [9, 3],
      ])
        await auditRow.update({ where: { id: from }, data: { id: to } })
    })
    expect(await verifyAudit(admin)).toMatchObject({ good: 1, broken: { id: 2, label: 'c' } })
  })

  it('shows rows that were taken away at its end by a head that was noted before', async () => {
    const { db } = test.current()
    expect(await logAuditHead()).toBeNull()
    for (const label of ['a', 'b', 'c']) await write({ label })
    const noted = await logAuditHead()
    if (!noted) throw new Error('expected a head')
    await write({ label: 'd' })
    expect(await verifyAudit(admin, [noted])).toMatchObject({ good: 4, broken: null, missing: [] })
    await tamper(db, () => db.auditRow.deleteMany({ where: { id: { gte: 3 } } }))
    expect(await verifyAudit(admin)).toMatchObject({ good: 2, broken: null, missing: [] })
    expect(await verifyAudit(admin, [noted])).toMatchObject({ good: 2, broken: null, missing: [noted] })
    // Somebody may have another row chained and give it the old number: its MAC is another.
    await write({ label: 'another' })
    await db.auditRow.updateMany({ where: { label: 'another' }, data: { id: noted.id } })
    expect(await verifyAudit(admin, [noted])).toMatchObject({ good: 3, broken: null, missing: [noted] })
  })

  it('shows that it was begun anew, by its numbers and by a head that was noted before', async () => {
    const { db } = test.current()
    for (const label of ['a', 'b']) await write({ label })
    const noted = await logAuditHead()
    if (!noted) throw new Error('expected a head')
    await tamper(db, () => db.auditRow.deleteMany())
    await write({ label: 'anew' })
    expect(await verifyAudit(admin)).toMatchObject({ good: 0, broken: { id: 3, label: 'anew' } })
    // Whoever also sets the numbers back leaves a chain that is good in itself.
    await db.auditRow.deleteMany()
    await db.$executeRaw`DELETE FROM sqlite_sequence WHERE name = 'audit_row'`
    for (const label of ['a', 'b', 'c']) await write({ label })
    expect(await verifyAudit(admin, [noted])).toMatchObject({ good: 3, broken: null, missing: [noted] })
  })

  it('keeps its order when the clock jumps', async () => {
    const { db } = test.current()
    vi.useFakeTimers({ toFake: ['Date'] })
    for (const day of ['2026-05-01', '2026-04-01', '2031-01-01', '2026-05-02']) {
      vi.setSystemTime(new Date(day))
      await write({ label: day })
    }
    expect(await verifyAudit(admin)).toMatchObject({ good: 4, broken: null })
    expect((await listAudit(admin)).rows.map((row) => row.label).at(0)).toBe('2026-05-02')
    expect((await db.auditRow.findFirst({ orderBy: { id: 'desc' } }))?.label).toBe('2026-05-02')
  })

  it('is walked past one step', async () => {
    await work(async (tx) => {
      for (let i = 0; i < 1_001; i += 1) await writeAudit(tx, admin, { verb: 'v', object: 'host', label: `${i}` })
    })
    expect(await verifyAudit(admin)).toMatchObject({ good: 1_001, broken: null })
    await tamper(test.current().db, (db) => db.auditRow.update({ where: { id: 1_001 }, data: { label: 'x' } }))
    expect(await verifyAudit(admin)).toMatchObject({ good: 1_000, broken: { id: 1_001 } })
  })

  it.each(['viewer', 'operator'] as const)('is not for a %s', async (role) => {
    expect(await refusalOf(verifyAudit(someone(role)))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(listAudit(someone(role)))).toMatchObject({ code: 'forbidden' })
  })
})

describe('listAudit', () => {
  async function fill(): Promise<void> {
    await write({ label: 'umber', objectId: 'h1' })
    await write({ verb: 'sign in', object: 'session', label: 'ada@example.org', outcome: 'refused' })
    await write({ verb: 'remove host', label: 'sienna', objectId: 'h2', detail: { tags: ['cellar'] } })
    await write({ verb: 'approve change', object: 'change', label: '#1', objectId: '1' }, someone('operator'))
  }

  async function labels(input: Parameters<typeof listAudit>[1]): Promise<string[]> {
    return (await listAudit(admin, input)).rows.map((row) => row.label)
  }

  it('gives the newest first, and everything there is to filter by', async () => {
    await fill()
    const list = await listAudit(admin, { who: 'the operator' })
    expect(list).toMatchObject({
      total: 1,
      actors: ['the admin', 'the operator'],
      verbs: ['approve change', 'edit host', 'remove host', 'sign in'],
      objects: ['change', 'host', 'session'],
    })
    expect(await labels({})).toEqual(['#1', 'sienna', 'ada@example.org', 'umber'])
  })

  it('filters by each and by several', async () => {
    await fill()
    expect(await labels({ who: 'the operator' })).toEqual(['#1'])
    expect(await labels({ verb: 'sign in' })).toEqual(['ada@example.org'])
    expect(await labels({ object: 'host' })).toEqual(['sienna', 'umber'])
    expect(await labels({ object: 'host', objectId: 'h1' })).toEqual(['umber'])
    expect(await labels({ outcome: 'refused' })).toEqual(['ada@example.org'])
    expect(await labels({ text: 'cellar' })).toEqual(['sienna'])
    expect(await labels({ text: 'host', who: 'the operator' })).toEqual([])
    expect(await labels({ text: 'nowhere' })).toEqual([])
  })

  it('filters by time, the end not included', async () => {
    await fill()
    await tamper(test.current().db, async ({ auditRow }) => {
      for (const id of [1, 2, 3, 4]) await auditRow.update({ where: { id }, data: { at: new Date(id * 1_000) } })
    })
    expect(await labels({ from: new Date(2_000), to: new Date(4_000) })).toEqual(['sienna', 'ada@example.org'])
  })

  it('gives one page, and how many fit', async () => {
    await fill()
    const list = await listAudit(admin, { page: 2, pageSize: 3 })
    expect([list.total, list.rows.map((row) => row.label)]).toEqual([4, ['umber']])
    expect(JSON.stringify(list)).not.toContain('"mac"')
  })

  it('refuses an outcome or a page that cannot be', async () => {
    expect(await refusalOf(listAudit(admin, { page: 0 }))).toMatchObject({ code: 'invalid' })
  })
})

describe('the store refuses', () => {
  const { sql } = { sql: (text: string) => test.current().db.$executeRawUnsafe(text) }
  it.each([
    ['to change a row', "UPDATE audit_row SET label = 'x' WHERE id = 2", 'no row is changed'],
    ['to take a row away', 'DELETE FROM audit_row WHERE id = 2', 'no row is taken away'],
    ['to empty the record', 'DELETE FROM audit_row', 'no row is taken away'],
    [
      'to put a row in the place of another',
      "INSERT OR REPLACE INTO audit_row SELECT id, at, actorId, actor, verb, object, objectId, 'x', outcome, detail, mac FROM audit_row WHERE id = 2",
      'behind the last',
    ],
  ])('%s', async (_, text, reason) => {
    for (const label of ['a', 'b', 'c']) await write({ label })
    await expect(sql(text)).rejects.toThrow(reason)
    expect(await verifyAudit(admin)).toMatchObject({ good: 3, broken: null })
  })
})

describe('exportAudit', () => {
  async function whole(...[input, mayRead]: Partial<[Parameters<typeof exportAudit>[1], () => Promise<boolean>]>) {
    let text = ''
    let parts = 0
    for await (const part of exportAudit(admin, input ?? {}, mayRead ?? (async () => true))) {
      text += part
      parts += 1
    }
    return { lines: text.split('\r\n').slice(1, -1), head: text.split('\r\n')[0], parts }
  }

  it('gives what fits the filter, newest first, with the MAC', async () => {
    for (const label of ['a', 'b']) await write({ label })
    await write({ label: 'c', object: 'user' })
    const { head, lines } = await whole({ object: 'host' })
    expect(head).toBe('Row,At,Outcome,Who,What,Object,Id,Label,Detail,MAC')
    expect(lines).toEqual([
      expect.stringMatching(/^2,\d{4}-\S+Z,done,the admin,edit host,host,,b,\{\},[0-9a-f]{64}$/),
      expect.stringMatching(/^1,.*,a,/),
    ])
  })

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1'])('neutralises a label of %j', async (label) => {
    await write({ label })
    for await (const text of exportAudit(admin, {}, async () => true))
      expect(text).toContain(label.includes('\r') ? `"'${label}"` : `,'${label},`)
  })

  it('goes in parts of a thousand rows, each row once, and ends when the session does', async () => {
    await work(async (tx) => {
      for (let i = 1; i <= 2_001; i += 1) await writeAudit(tx, admin, { verb: 'v', object: 'host', label: `${i}` })
    })
    const { lines, parts } = await whole()
    expect([parts, new Set(lines.map((line) => line.split(',')[0])).size, lines.length]).toEqual([3, 2_001, 2_001])
    await expect(whole({}, async () => false)).rejects.toThrow('expected a session')
  })

  it.each(['viewer', 'operator'] as const)('is not for a %s', (role) => {
    expect(() => exportAudit(someone(role), {}, async () => true)).toThrow('read audit')
  })
})
