import { expect, it } from 'vitest'
import { setAgents } from '@/lib/changes/agents'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { storeReadings } from '@/lib/reading/store-readings'
import { makeHost } from '@/prisma/factories'
import { listSampledHosts, listSamples } from './list-samples'
import { lookingAgent } from './testing'
import { trimSamples } from './trim-samples'

const test = withTestStore()
const noon = Date.UTC(2026, 10, 26, 12)
const minute = 60_000

async function readAt(hostId: string, at: number, found: unknown = { state: 'read', value: { text: 'four' } }) {
  const facts = { results: { look: { at, found: found as never } }, problems: [] }
  const reading = { hostId, tier: 'cheap' as const, takenAt: new Date(at), durationMs: 1, roundTrips: 1, facts }
  await storeReadings([{ ok: true, reading }])
}

async function timesOf(hostId: string) {
  const things = await listSamples(someone('viewer'), 'look', [hostId])
  return things.flatMap(({ samples }) => samples.map(({ at }) => (at - noon) / minute))
}

it('keeps a sample of a reading, and no other for an hour', async () => {
  setAgents([lookingAgent('look')])
  const [host, other] = [await makeHost(test.current().db), await makeHost(test.current().db, { name: 'other' })]
  for (const minutes of [0, 5, 55, 60, 65, 121]) await readAt(host.id, noon + minutes * minute)
  await readAt(other.id, noon + 5 * minute)
  expect(await timesOf(host.id)).toEqual([0, 60, 121])
  expect(await timesOf(other.id)).toEqual([5])
  const [thing] = await listSamples(someone('viewer'), 'look', [host.id])
  expect(thing).toMatchObject({ subject: 'file', samples: [{ data: { length: 4 } }, {}, {}] })
})

it('keeps nothing of what was not read, has nothing to look at, or is of an agent that never looks again', async () => {
  const { db } = test.current()
  const host = await makeHost(db)
  setAgents([lookingAgent('look')])
  await readAt(host.id, noon, { state: 'not-read', why: 'failed', detail: '' })
  await readAt(host.id, noon, { state: 'read', value: { text: null } })
  const { lookAgain: _, ...plain } = lookingAgent('look')
  setAgents([plain])
  await readAt(host.id, noon)
  expect(await db.tuningSample.count()).toBe(0)
  expect(await listSampledHosts(someone('viewer'), 'look')).toEqual([])
})

it('forgets the samples of a host that was removed', async () => {
  const { db } = test.current()
  setAgents([lookingAgent('look')])
  const host = await makeHost(db, { name: 'umber' })
  await readAt(host.id, noon)
  expect(await listSampledHosts(someone('viewer'), 'look')).toEqual([{ id: host.id, name: 'umber' }])
  await db.host.delete({ where: { id: host.id } })
  expect(await db.tuningSample.count()).toBe(0)
})

it('keeps all of 14 days, then the last of each day up to 90, and records what went', async () => {
  const { db } = test.current()
  const host = await makeHost(db)
  const now = new Date('2026-11-26T12:00:00Z')
  const times = ['2026-08-28T11:00', '2026-08-28T13:00', '2026-11-01T01:00', '2026-11-01T23:00', '2026-11-12T13:00']
  const at = [...times, '2026-11-12T14:00'].map((time) => new Date(`${time}:00Z`))
  await db.tuningSample.createMany({
    data: at.map((one) => ({ hostId: host.id, agentId: 'look', subject: 'file', at: one, data: '{}' })),
  })
  expect(await refusalOf(trimSamples(someone('operator'), now))).toMatchObject({ code: 'forbidden' })
  expect(await trimSamples(someone('admin'), now)).toEqual({ removed: 2 })
  const left = await db.tuningSample.findMany({ orderBy: { at: 'asc' } })
  expect(left.map((row) => row.at.toISOString().slice(5, 13))).toEqual(['08-28T13', '11-01T23', '11-12T13', '11-12T14'])
  expect(await lastAudit(db)).toMatchObject({ verb: 'trim samples', label: 'samples of tuned servers' })
  expect(await trimSamples(someone('admin'), now)).toEqual({ removed: 0 })
})
