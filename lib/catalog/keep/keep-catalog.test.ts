import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { beforeEach, expect, it } from 'vitest'
import { systemCtx } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { listNeeds } from '@/lib/home/list-needs'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { listPoolDays } from '../pools/pool-days'
import { makeSample } from '../sample/make-sample'
import { parseSnapshot } from '../snapshot'
import { samplePath } from '../store/catalog-place'
import { listHostBackups } from './host-backups'
import { keepCatalog } from './keep-catalog'
import { thinSamples } from './keep-catalogs'

const test = withTestStore()
const ctx = systemCtx('test')
const now = Date.parse('2026-11-26T09:00:00Z')
const dayMs = 86_400_000

/** The sample as a file of somebody's own: home leaves samples out. */
beforeEach(async () => {
  const path = samplePath('c1')
  mkdirSync(dirname(path), { recursive: true })
  await makeSample(path, { now: new Date(now), seed: 1 })
  await test.current().db.catalog.create({
    data: {
      ...{ id: 'c1', name: 'main', way: 'file', dialect: 'sqlite', path, zone: 'Europe/Paris' },
      ...{ zoneSource: 'told', product: 'bacula', schemaVersion: 16 },
    },
  })
})

it('keeps how each backup stands, beside its host, and what is in each pool', async () => {
  const { db } = test.current()
  const vacs = await makeHost(db, { name: 'Vacs' })
  await keepCatalog(ctx, 'c1', 'everything', { now })
  const jobs = await db.backupJob.findMany({ orderBy: { name: 'asc' } })
  expect(jobs.map(({ name, clientName, state }) => [name, clientName, state])).toEqual([
    ['Vacs-A', 'vacs-fd', 'overdue'],
    ['Vacs-B', 'vacs-fd', 'on time'],
    ['Vacs-C', 'vacs-fd', 'on time'],
    ['Zebulon-A', 'zebulon-fd', 'on time'],
    ['Zebulon-B', 'zebulon-fd', 'on time'],
    ['Zebulon-C', 'zebulon-fd', 'on time'],
  ])
  expect(
    (await listHostBackups(someone('viewer'), vacs.id)).map(({ name, catalogName }) => [name, catalogName]),
  ).toEqual([
    ['Vacs-A', 'main'],
    ['Vacs-B', 'main'],
    ['Vacs-C', 'main'],
  ])
  expect(await listPoolDays(someone('viewer'), 'c1', 'B-Full-Pool')).toMatchObject([{ day: '2026-11-26', volumes: 28 }])
  const catalog = await db.catalog.findUniqueOrThrow({ where: { id: 'c1' } })
  expect(catalog).toMatchObject({ trouble: null, readAt: new Date(now) })
  expect(parseSnapshot(catalog.snapshot)?.pools.map(({ name, inError }) => [name, inError])).toContainEqual([
    'B-Full-Pool',
    1,
  ])
  expect(await db.catalogSizeSample.count()).toBeGreaterThan(10)
})

it('has one reading of a day, and thins those of long ago', async () => {
  const { db } = test.current()
  await keepCatalog(ctx, 'c1', 'everything', { now })
  await keepCatalog(ctx, 'c1', 'everything', { now: now + 3_600_000 })
  await keepCatalog(ctx, 'c1', 'backups', { now: now + 2 * dayMs })
  await keepCatalog(ctx, 'c1', 'everything', { now: now + dayMs })
  const days = async () => (await listPoolDays(someone('viewer'), 'c1', 'Incr-Pool')).map(({ day }) => day)
  expect(await days()).toEqual(['2026-11-26', '2026-11-27'])
  await thinSamples('c1', '2027-06-01')
  expect(await days()).toEqual(['2026-11-26'])
  await thinSamples('c1', '2029-06-01')
  expect(await days()).toEqual([])
  expect(await db.catalogSizeSample.count()).toBe(0)
})

it('keeps the rest of a catalog in which some rows are impossible', async () => {
  const { db } = test.current()
  await db.catalog.update({ where: { id: 'c1' }, data: { snapshot: 'no JSON' } })
  const client = createClient({ url: pathToFileURL(samplePath('c1')).href })
  await client.executeMultiple(`UPDATE Job SET Name = 'same'; DELETE FROM Client;
    UPDATE Pool SET MaxVols = 5000, MaxVolBytes = 9000000000000000000;
    UPDATE Media SET VolBytes = 9000000000000000000 WHERE PoolId = 1;`)
  client.close()
  expect((await listNeeds(someone('viewer'), now)).needs).toEqual([])
  await keepCatalog(ctx, 'c1', 'everything', { now })
  expect(await db.catalog.findUniqueOrThrow({ where: { id: 'c1' } })).toMatchObject({ trouble: null })
  expect((await db.backupJob.findMany({ orderBy: { clientName: 'asc' } })).map(({ clientName }) => clientName)).toEqual(
    ['#1', '#2'],
  )
  expect(await db.poolSample.count({ where: { capacityBytes: null } })).toBe(6)
  expect(parseSnapshot('no JSON')).toBeNull()
})

it('keeps a sentence of what went wrong, and what was read before', async () => {
  const { db } = test.current()
  await keepCatalog(ctx, 'c1', 'backups', { now })
  rmSync(samplePath('c1'))
  await keepCatalog(ctx, 'c1', 'backups', { now: now + dayMs })
  const catalog = await db.catalog.findUniqueOrThrow({ where: { id: 'c1' } })
  expect(catalog.readAt).toEqual(new Date(now))
  expect(catalog.trouble).toMatch(/\.$/)
  expect(await db.backupJob.count()).toBe(6)
  await keepCatalog(ctx, 'gone', 'backups', { now })
})

it('says at home what is late, in error, or not known', async () => {
  const said = async (at: number) =>
    (await listNeeds(someone('viewer'), at)).needs.map(({ level, title, href }) => `${level}: ${title} ${href}`)
  expect(await said(now)).toEqual([])
  await keepCatalog(ctx, 'c1', 'everything', { now })
  expect(await said(now)).toEqual([
    expect.stringMatching(/^now: The backup Vacs-A of vacs-fd is overdue \/backups\/c1\/jobs\/\d+$/),
    'soon: 1 volume of main is in error /backups/c1/volumes?status=Error',
  ])
  rmSync(samplePath('c1'))
  await keepCatalog(ctx, 'c1', 'backups', { now: now + dayMs })
  expect(await said(now + dayMs)).toContain('not-known: Whether the backups of main are good is not known /backups/c1')
  await test.current().db.catalog.update({ where: { id: 'c1' }, data: { way: 'sample' } })
  expect(await said(now + dayMs)).toEqual([])
})
