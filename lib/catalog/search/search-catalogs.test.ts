import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { serveBytes } from '@/lib/ssh/testing/serve-bytes'
import { makeSample } from '../sample/make-sample'
import { samplePath } from '../store/catalog-place'
import { searchCatalogs } from './search-catalogs'

const test = withTestStore()
const viewer = someone('viewer')

beforeEach(async () => {
  for (const id of ['c1', 'c2']) {
    await test.current().db.catalog.create({
      data: {
        ...{ id, name: `catalog ${id}`, way: 'sample', dialect: 'sqlite', zone: 'Europe/Paris', zoneSource: 'told' },
        ...{ product: 'bacula', schemaVersion: 16 },
      },
    })
    mkdirSync(dirname(samplePath(id)), { recursive: true })
    await makeSample(samplePath(id), { now: new Date('2026-11-26T09:00:00Z'), seed: 1 })
  }
})

it('finds volumes and clients by a part of their name, in every catalog, and a few of each', async () => {
  const { found, silent } = await searchCatalogs(viewer, ' b-full-00 ')
  expect(silent).toEqual([])
  expect(found.map(({ kind, catalogId, pool }) => `${kind} ${catalogId} ${pool}`)).toEqual([
    ...Array<string>(8).fill('volume c1 B-Full-Pool'),
    ...Array<string>(8).fill('volume c2 B-Full-Pool'),
  ])
  const clients = (await searchCatalogs(viewer, 'ZEBU')).found
  expect(clients.map(({ kind, name, catalogName }) => [kind, name, catalogName])).toEqual([
    ['client', 'zebulon-fd', 'catalog c1'],
    ['client', 'zebulon-fd', 'catalog c2'],
  ])
})

it('takes digits for the id of a job, and for a part of a name', async () => {
  const { found } = await searchCatalogs(viewer, '1096')
  expect(found.map(({ kind, id, name }) => [kind, id, name])).toEqual([
    ['job', 1096, 'Zebulon-B'],
    ['job', 1096, 'Zebulon-B'],
  ])
  expect((await searchCatalogs(viewer, '7')).found.every(({ kind, id }) => kind !== 'job' || id === 7)).toBe(true)
})

it.each(['', ' ', 'x', '%', '_', "x' OR '1'='1", '\u202e'])('finds nothing for %j', async (text) => {
  expect((await searchCatalogs(viewer, text)).found).toEqual([])
})

it('names the catalog that does not answer, and shows what the others found', async () => {
  rmSync(samplePath('c2'))
  const { found, silent } = await searchCatalogs(viewer, 'vacs')
  expect(found.map(({ catalogId }) => catalogId)).toEqual(['c1'])
  expect(silent).toEqual(['catalog c2'])
})

it.each(['three seconds', 'whoever asked'])(
  'leaves no question behind after %s',
  async (who) => {
    const left = new AbortController()
    let isOpen = false
    let closed = () => {}
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const server = await serveBytes((socket) => {
      isOpen = true
      socket.on('close', () => closed())
      if (who === 'whoever asked') left.abort()
    })
    onTestFinished(() => server.stop())
    const { port } = server
    await test.current().db.catalog.update({
      where: { id: 'c1' },
      data: { way: 'direct', dialect: 'mysql', address: '127.0.0.1', port, database: 'bacula', login: 'pollux' },
    })
    const { found, silent } = await searchCatalogs(viewer, 'vacs', left.signal)
    expect(silent).toContain('catalog c1')
    if (who === 'three seconds') expect(found.map(({ catalogId }) => catalogId)).toEqual(['c2'])
    expect(isOpen).toBe(true)
    // The driver itself would wait for fifteen seconds.
    await isClosed
  },
  8000,
)

it('is for those who may read backups', async () => {
  const nobody = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' } as const
  expect((await refusalOf(searchCatalogs(nobody, 'vacs'))).code).toBe('forbidden')
})
