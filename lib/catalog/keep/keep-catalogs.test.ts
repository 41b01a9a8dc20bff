import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { systemCtx } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { keptConnections } from '@/lib/sql/kept-connections'
import { serveBytes } from '@/lib/ssh/testing/serve-bytes'
import { freePort } from '@/lib/ssh/testing/start-sshd'
import { makeSample } from '../sample/make-sample'
import { samplePath } from '../store/catalog-place'
import { atOnce, keepCatalogs, keepNewCatalogs } from './keep-catalogs'

const test = withTestStore()
const ctx = systemCtx('test')

afterEach(() => keptConnections().close())

const shared = { zone: 'Europe/Paris', zoneSource: 'told', product: 'bacula', schemaVersion: 16 }

async function addServer(id: string, dialect: 'mysql' | 'postgresql', port: number): Promise<void> {
  const server = { address: '127.0.0.1', port, database: 'bacula', login: 'pollux' }
  await test.current().db.catalog.create({ data: { ...shared, ...server, id, name: id, way: 'direct', dialect } })
}

async function addFile(id: string): Promise<void> {
  const path = samplePath(id)
  mkdirSync(dirname(path), { recursive: true })
  await makeSample(path, { now: new Date(), seed: 1 })
  await test.current().db.catalog.create({ data: { ...shared, id, name: id, way: 'file', dialect: 'sqlite', path } })
}

/** A server that takes connections and never says a word until it is told to hang up. */
async function silentServer() {
  const hangUps: (() => void)[] = []
  const server = await serveBytes((socket) => void hangUps.push(() => socket.end()))
  onTestFinished(() => server.stop())
  const hangUp = () => {
    for (const end of hangUps) end()
  }
  return { ...server, hangUp }
}

const stateOf = (id: string) =>
  test.current().db.catalog.findUniqueOrThrow({ where: { id }, select: { readAt: true, trouble: true } })

it("reads the others beside a catalog's trouble: refused, slow, without an answer", async () => {
  const [slow, hanging] = [await silentServer(), await silentServer()]
  // First in every order, so that whoever waits for them reads nothing.
  await addServer('a-hanging', 'mysql', hanging.port)
  await addServer('b-slow', 'postgresql', slow.port)
  await addServer('c-refused', 'mysql', await freePort())
  for (const id of ['d-good', 'e-good']) await addFile(id)
  const shutdown = new AbortController()
  const kept = keepCatalogs(ctx, 'everything', shutdown.signal)
  await vi.waitFor(async () => {
    for (const id of ['d-good', 'e-good']) expect((await stateOf(id)).readAt).not.toBeNull()
    expect((await stateOf('c-refused')).trouble).toMatch(/^No database takes connections at 127\.0\.0\.1/)
    expect([slow.connections(), hanging.connections()]).toEqual([1, 1])
  }, 60_000)
  expect(await test.current().db.backupJob.count({ where: { catalogId: 'd-good' } })).toBe(6)
  slow.hangUp()
  await vi.waitFor(async () => expect((await stateOf('b-slow')).trouble).toMatch(/\.$/), 60_000)
  // The end of the process is no trouble of the catalog.
  expect(await stateOf('a-hanging')).toEqual({ readAt: null, trouble: null })
  shutdown.abort()
  await kept
  expect(await stateOf('a-hanging')).toEqual({ readAt: null, trouble: null })
})

it('asks a few at once, and begins no other after the end was asked for', async () => {
  const server = await silentServer()
  // A place of its own for each: one place alone takes three connections at most.
  for (const dialect of ['mysql', 'postgresql'] as const)
    for (const at of [1, 2, 3]) {
      const id = `${dialect}-${at}`
      await addServer(id, dialect, server.port)
      await test.current().db.catalog.update({ where: { id }, data: { database: id } })
    }
  const shutdown = new AbortController()
  const kept = keepCatalogs(ctx, 'backups', shutdown.signal)
  await vi.waitFor(() => expect(server.connections()).toBe(atOnce), 60_000)
  shutdown.abort()
  await kept
  expect(server.connections()).toBe(atOnce)
  expect(await test.current().db.catalog.count({ where: { trouble: null, readAt: null } })).toBe(6)
})

it('reads what was just connected, until nothing is left unread, and leaves alone what was read', async () => {
  for (const id of ['a-read', 'b-new', 'c-new']) await addFile(id)
  await addServer('d-refused', 'mysql', await freePort())
  const before = new Date(0)
  await test.current().db.catalog.update({ where: { id: 'a-read' }, data: { readAt: before } })
  await keepNewCatalogs(ctx)
  expect((await stateOf('a-read')).readAt).toEqual(before)
  for (const id of ['b-new', 'c-new']) expect((await stateOf(id)).readAt).toBeInstanceOf(Date)
  expect((await stateOf('d-refused')).trouble).toMatch(/^No database takes connections/)
})
