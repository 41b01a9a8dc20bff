import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { AppError } from '@/lib/errors'
import { parseStoredFacts } from '@/lib/inventory/stored-facts'
import { someKey } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { ReadingWriter } from './reading-writer'
import { type FreshReading, storeReadings } from './store-readings'

const test = withTestStore()

function reading(hostId: string, results: Record<string, unknown>, at = Date.UTC(2026, 10, 9, 8)): FreshReading {
  const stored = Object.entries(results).map(([id, value]) => [id, { at, found: { state: 'read' as const, value } }])
  const facts = { results: Object.fromEntries(stored), problems: [] }
  return { hostId, tier: 'cheap', takenAt: new Date(at), durationMs: 120, roundTrips: 1, facts }
}

async function hostNow(hostId: string) {
  const host = await test.current().db.host.findUniqueOrThrow({ where: { id: hostId } })
  return { ...host, latest: parseStoredFacts(host.latestFacts) }
}

describe('storeReadings', () => {
  it('keeps history, latest facts and reach together', async () => {
    const { db } = test.current()
    const host = await makeHost(db)
    await storeReadings([{ ok: true, reading: reading(host.id, { load: 1 }) }])
    const after = await hostNow(host.id)
    expect(after).toMatchObject({ reach: 'ok', factsAt: new Date(Date.UTC(2026, 10, 9, 8)) })
    expect(after.latest?.results['load']?.found).toEqual({ state: 'read', value: 1 })
    expect(await db.factsReading.findMany()).toMatchObject([
      { hostId: host.id, tier: 'cheap', durationMs: 120, roundTrips: 1 },
    ])
  })

  it('lets a cheap reading leave what only a deep one asks', async () => {
    const host = await makeHost(test.current().db)
    await storeReadings([{ ok: true, reading: reading(host.id, { load: 1, updates: 7 }) }])
    await storeReadings([{ ok: true, reading: reading(host.id, { load: 2 }, Date.UTC(2026, 10, 9, 9)) }])
    const { latest } = await hostNow(host.id)
    expect(latest?.results['load']?.found).toEqual({ state: 'read', value: 2 })
    expect(latest?.results['updates']).toEqual({ at: Date.UTC(2026, 10, 9, 8), found: { state: 'read', value: 7 } })
  })

  it('keeps the last good figures, with their time, of a host that is out of reach', async () => {
    const { db } = test.current()
    const host = await makeHost(db)
    await storeReadings([{ ok: true, reading: reading(host.id, { load: 1 }) }])
    const error = new AppError('unreachable', 'no answer', {
      userMessage: 'umber does not answer.',
      data: { stage: 'port', hostId: host.id },
    })
    await storeReadings([{ ok: false, hostId: host.id, error }])
    const after = await hostNow(host.id)
    expect(after).toMatchObject({ reach: 'port', reachDetail: 'umber does not answer.' })
    expect(after.factsAt).toEqual(new Date(Date.UTC(2026, 10, 9, 8)))
    expect(after.latest?.results['load']?.found).toEqual({ state: 'read', value: 1 })
    expect(await db.factsReading.count()).toBe(1)
  })

  it('keeps a changed key as offered, once, and records that it was seen', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber' })
    const [old, next] = [someKey(), someKey()]
    await db.hostKey.create({ data: { hostId: host.id, ...old, state: 'pinned' } })
    const error = new AppError('host-key-changed', 'another key', {
      data: { stage: 'host-key', hostId: host.id, newKeys: [next] },
    })
    await storeReadings([{ ok: false, hostId: host.id, error }])
    await storeReadings([{ ok: false, hostId: host.id, error }])
    const keys = await db.hostKey.findMany({ orderBy: { state: 'asc' } })
    expect(keys.map((key) => [key.state, key.fingerprint])).toEqual([
      ['offered', next.fingerprint],
      ['pinned', old.fingerprint],
    ])
    expect((await hostNow(host.id)).reach).toBe('host-key')
    const audits = await db.auditRow.findMany({ where: { verb: 'notice changed host key' } })
    expect(audits).toMatchObject([{ outcome: 'refused', label: 'umber', actor: 'pollux' }])
  })

  it('puts a jump host’s changed key at the jump host', async () => {
    const { db } = test.current()
    const jump = await makeHost(db, { name: 'jump' })
    await db.hostKey.create({ data: { hostId: jump.id, ...someKey(), state: 'pinned' } })
    const inner = await makeHost(db, { name: 'inner', jumpHostId: jump.id })
    const data = { stage: 'host-key', hostId: jump.id, newKeys: [someKey()] }
    await storeReadings([{ ok: false, hostId: inner.id, error: new AppError('host-key-changed', 'x', { data }) }])
    expect((await hostNow(inner.id)).reach).toBe('route')
    expect(await db.hostKey.findMany({ where: { state: 'offered' } })).toMatchObject([{ hostId: jump.id }])
  })

  it('passes over a host that was removed while it was read', async () => {
    const { db } = test.current()
    const host = await makeHost(db)
    await storeReadings([
      { ok: true, reading: reading('gone', {}) },
      { ok: true, reading: reading(host.id, {}) },
    ])
    expect(await db.factsReading.count()).toBe(1)
  })

  it('lets an error that says nothing about the host leave its reach', async () => {
    const host = await makeHost(test.current().db, { reach: 'ok' })
    await storeReadings([{ ok: false, hostId: host.id, error: new Error('a mistake of ours') }])
    expect((await hostNow(host.id)).reach).toBe('ok')
  })
})

describe('ReadingWriter', () => {
  function gated(left: number) {
    const batches: string[][] = []
    const gates: (() => void)[] = []
    const writer = new ReadingWriter(left, async (ends) => {
      batches.push(ends.map((end) => (end.ok ? end.reading.hostId : end.hostId)))
      await new Promise<void>((resolve) => gates.push(resolve))
    })
    return { writer, batches, open: () => gates.shift()?.() }
  }

  const failed = (hostId: string) => ({ ok: false as const, hostId, error: null })

  it('stores together what ends soon after each other, and the last at once', async () => {
    const { writer, batches, open } = gated(3)
    const all = [writer.add(failed('a')), writer.add(failed('b')), writer.add(failed('c'))]
    await expect.poll(() => batches.length, { timeout: 500 }).toBe(1)
    open()
    await Promise.all(all)
    expect(batches).toEqual([['a', 'b', 'c']])
  })

  it('keeps nobody waiting for a host that takes long, and stores together what ended while the last write ran', async () => {
    const { writer, batches, open } = gated(4)
    const first = writer.add(failed('a'))
    await expect.poll(() => batches.length, { timeout: 5000 }).toBe(1)
    const others = [writer.add(failed('b')), writer.add(failed('c')), writer.add(failed('d'))]
    expect(batches).toEqual([['a']])
    open()
    await first
    await expect.poll(() => batches.length).toBe(2)
    open()
    await Promise.all(others)
    expect(batches).toEqual([['a'], ['b', 'c', 'd']])
  })

  it('tells those whose batch failed, and goes on', async () => {
    let turn = 0
    const writer = new ReadingWriter(2, async () => {
      turn += 1
      if (turn === 1) throw new Error('store is gone')
    })
    await expect(writer.add(failed('a'))).rejects.toThrow('store is gone')
    await writer.add(failed('b'))
    expect(turn).toBe(2)
  })
})
