import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { approveChange } from '@/lib/changes/decide-change'
import { beginDue } from '@/lib/changes/engine'
import { withdrawApprovals } from '@/lib/changes/withdraw-approvals'
import { notePaused } from '@/lib/config/paused'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { jobStates, stopJobs } from '@/lib/jobs'
import { checkHealth } from '@/lib/server/check-health'
import { openStream } from '@/lib/sql/open-stream'
import { dial } from '@/lib/ssh/dial'
import { startWorker } from '@/lib/worker/start-worker'
import { portOf } from '@/scripts/start/test-start'
import { endPause } from './end-pause'
import { getPause } from './get-pause'
import { keepPause, loadPause } from './pause-row'

const test = withTestStore()
const paused = { at: '2026-11-28T12:00:00.000Z', backupAt: '2026-11-27T12:00:00.000Z' }
afterEach(async () => {
  await stopJobs()
  notePaused(null)
})

async function pause(): Promise<void> {
  await work((tx) => keepPause(tx, paused))
  await loadPause()
}

async function change(state: string, data: Record<string, unknown> = {}): Promise<number> {
  const { id } = await test.current().db.change.create({
    data: {
      ...{ agentId: 'a', agentVersion: 1, title: 't', summary: '', state, digest: 'd'.repeat(64) },
      ...{ sealedPlan: new Uint8Array(), askedBy: 'ada', askedById: 'x', ...data },
    },
  })
  return id
}

const approved = { approvedBy: 'ada', approvedById: 'x', approvedAt: new Date(), expiresAt: new Date(Date.now() + 9e5) }

it('a restored store starts paused: it serves, runs no job, begins no change and connects to nothing', async () => {
  const id = await change('queued', approved)
  await pause()
  await startWorker([])
  expect(jobStates().isStarted).toBe(false)
  expect(await checkHealth()).toMatchObject({ ok: true, worker: 'paused' })
  await beginDue()
  expect((await test.current().db.change.findUniqueOrThrow({ where: { id } })).state).toBe('queued')
  expect((await refusalOf(approveChange(someone('operator'), { changeId: id, digest: 'd'.repeat(64) }))).code).toBe(
    'locked',
  )

  let connections = 0
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  server.on('connection', () => (connections += 1))
  await once(server, 'listening')
  const port = Number(portOf(server))
  const place = { hostId: 'h', name: 'h', address: '127.0.0.1', port }
  expect((await refusalOf(dial(place, 1_000))).userMessage).toMatch(/paused.*until an admin resumes/)
  expect((await refusalOf(openStream({ way: 'direct', host: '127.0.0.1', port } as never))).code).toBe('locked')
  expect(connections).toBe(0)
  notePaused(null)
  ;(await dial(place, 1_000)).destroy()
  server.close()
})

it('stays paused over a start, also where its row cannot be read', async () => {
  await pause()
  notePaused(null)
  expect(await loadPause()).toEqual(paused)
  await test.current().db.setting.update({ where: { key: 'paused' }, data: { value: 'rubbish' } })
  expect(await loadPause()).not.toBeNull()
})

it('is resumed by an admin alone, recorded; approvals from before are taken back, what ran is looked at', async () => {
  const [waits, timed] = [
    await change('approved', approved),
    await change('scheduled', { ...approved, beginAt: new Date() }),
  ]
  const [asked, stale] = [await change('asked'), await change('stale')]
  await pause()
  await startWorker([])
  for (const role of ['viewer', 'operator'] as const) {
    expect((await refusalOf(endPause(someone(role)))).code).toBe('forbidden')
    expect((await refusalOf(getPause(someone(role)))).code).toBe('forbidden')
  }
  expect((await getPause(someone('admin')))?.open.map((row) => row.id)).toEqual([waits, timed])
  expect(await endPause(someone('admin'))).toEqual({ withdrawn: 2, running: 0 })
  const { db } = test.current()
  expect(await lastAudit(db)).toMatchObject({ verb: 'resume after restore', outcome: 'done' })
  for (const id of [waits, timed]) {
    const row = await db.change.findUniqueOrThrow({ where: { id }, include: { journal: true } })
    expect(row).toMatchObject({ state: 'asked', approvedBy: null, approvedAt: null, expiresAt: null, beginAt: null })
    expect(row.journal[0]?.text).toMatch(/its approval was taken back/)
  }
  const others = await db.change.findMany({ where: { id: { in: [asked, stale] } }, orderBy: { id: 'asc' } })
  expect(others.map((row) => row.state)).toEqual(['asked', 'stale'])
  expect(jobStates().isStarted).toBe(true)
  expect(await checkHealth()).toMatchObject({ ok: true, worker: 'running' })
  expect(await loadPause()).toBeNull()
  expect((await refusalOf(endPause(someone('admin')))).userMessage).toMatch(/not paused/)
})

it('begins nothing of a running change that had not begun, and leaves the rest to its hosts', async () => {
  const id = await change('applying', approved)
  expect(await work((tx) => withdrawApprovals(tx, 'The store was restored'))).toEqual({ withdrawn: 0, running: 1 })
  const row = await test.current().db.change.findUniqueOrThrow({ where: { id }, include: { journal: true } })
  expect(row).toMatchObject({ state: 'applying', stopAskedBy: 'The store was restored', approvedBy: 'ada' })
  expect(row.journal[0]?.text).toMatch(/looked for on its hosts/)
})
