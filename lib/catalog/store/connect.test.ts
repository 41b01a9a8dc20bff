import { existsSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { removeHost } from '@/lib/inventory/remove-host'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { sql, withReader, writeSqliteFile } from '@/lib/sql'
import { makeHost } from '@/prisma/factories'
import { sampleSchema } from '../sample/schema'
import { addCatalog } from './add-catalog'
import { addSample } from './add-sample'
import { samplePath } from './catalog-place'
import { getCatalogSettings, listCatalogSettings } from './catalog-settings'
import { editCatalog, moveCatalog, setZone } from './edit-catalog'
import { readCatalog } from './read-catalog'
import { refreshSamples } from './refresh-samples'
import { removeCatalog } from './remove-catalog'
import { testCatalog } from './test-catalog'

const test = withTestStore()
const admin = someone('admin')
const zone = 'Europe/Paris'

/** A catalog in a file with these jobs. */
async function file(name: string, jobs: readonly Record<string, string | number | null>[] = [], version = 16) {
  const path = join(test.current().dir, name)
  const usual = { Name: 'x', Type: 'B', Level: 'F', JobStatus: 'T', ClientId: 1, SchedTime: '2026-01-10 11:00:00' }
  const rows = jobs.map((job, index) => ({ JobId: index + 1, Job: `job.${index}`, ...usual, ...job }))
  await writeSqliteFile(path, sampleSchema(), { Version: [{ VersionId: version }], Job: rows })
  return path
}

/** Ended at 12:00 in Paris in winter. */
const ended = { EndTime: '2026-01-10 12:00:00', JobTDate: Date.UTC(2026, 0, 10, 11) / 1000 }

function wish(path: string, more: Record<string, unknown> = {}) {
  const place = { way: 'file' as const, path }
  return { name: 'cellar', zone, directorHostId: null, consoleConfig: null, place, isZoneRead: false, ...more }
}

describe('testCatalog', () => {
  it('tells schema, figures, account and the newest job in the zone', async () => {
    const path = await file('c.db', [ended, { EndTime: null, JobTDate: 5 }])
    expect(await testCatalog(admin, { place: { way: 'file', path }, zone })).toMatchObject({
      schema: { name: 'Bacula 9.0 to 9.6', mark: 'live-tested', versionId: 16 },
      ...{ canWrite: false, isReadOnlySession: true, jobs: 2, volumes: 0, pools: 0, clients: 0 },
      newest: { wall: '2026-01-10 12:00:00', at: Date.UTC(2026, 0, 10, 11) },
      zone: { kind: 'fits' },
    })
  })

  it('tells a zone that does not fit, and by how much', async () => {
    const path = await file('c.db', [ended])
    const report = await testCatalog(admin, { place: { way: 'file', path }, zone: 'Asia/Kolkata' })
    expect(report.zone).toEqual({ kind: 'wrong', offset: '+01:00' })
  })

  it('says of an empty catalog that nothing tells the zone', async () => {
    const report = await testCatalog(admin, { place: { way: 'file', path: await file('c.db') }, zone })
    expect(report).toMatchObject({ jobs: 0, newest: null, zone: { kind: 'unknown' } })
  })

  it('refuses what is no catalog, no database and no file, each with a sentence', async () => {
    const { dir } = test.current()
    const refusal = (path: string) => refusalOf(testCatalog(admin, { place: { way: 'file', path }, zone }))
    const other = join(dir, 'other.db')
    await writeSqliteFile(other, 'CREATE TABLE shop (id INTEGER)', {})
    expect(await refusal(other)).toMatchObject({
      code: 'invalid',
      userMessage:
        'This is no catalog of Bacula or Bareos that Pollux can read. None of the tables of a Bacula catalog is here.',
    })
    const part = join(dir, 'part.db')
    await writeSqliteFile(part, 'CREATE TABLE Version (VersionId INTEGER); CREATE TABLE Job (JobId INTEGER)', {})
    expect((await refusal(part)).userMessage).toContain('Tables of a Bacula catalog are missing here: jobmedia, media')
    expect(await refusal(join(dir, 'nowhere.db'))).toMatchObject({ code: 'invalid' })
    expect(await refusal('relative.db')).toMatchObject({ fields: { 'place.path': 'A path begins with /.' } })
  })

  it('says that no database takes connections where none listens', async () => {
    const account = { kind: 'own' as const, login: 'pollux', password: 'x' }
    const server = { dialect: 'mysql' as const, address: '127.0.0.1', port: 1, database: 'bacula', account }
    const refusal = await refusalOf(testCatalog(admin, { place: { way: 'direct', ...server }, zone }))
    expect(refusal).toMatchObject({ code: 'unreachable' })
    expect(refusal.userMessage).toContain('No database takes connections at 127.0.0.1 port 1.')
  })

  it('is an admin’s', async () => {
    const place = { way: 'file' as const, path: '/etc/passwd' }
    expect(await refusalOf(testCatalog(someone('operator'), { place, zone }))).toMatchObject({ code: 'forbidden' })
  })
})

describe('addCatalog', () => {
  it('keeps what was tested, and records it', async () => {
    const { db } = test.current()
    const path = await file('c.db', [ended])
    const { catalogId, report } = await addCatalog(admin, wish(path, { isZoneRead: true }))
    expect(report.jobs).toBe(1)
    expect(await db.catalog.findUniqueOrThrow({ where: { id: catalogId } })).toMatchObject({
      ...{ name: 'cellar', way: 'file', dialect: 'sqlite', path, zone, zoneSource: 'host' },
      ...{ product: 'bacula', schemaVersion: 16, sealedPassword: null, version: 0 },
    })
    expect(await lastAudit(db)).toMatchObject({
      verb: 'add catalog',
      object: 'catalog',
      objectId: catalogId,
      label: 'cellar',
    })
    const count = await readCatalog(someone('viewer'), catalogId, (catalog) =>
      catalog.ask(sql`SELECT COUNT(*) AS jobs FROM Job`),
    )
    expect(count).toEqual([{ jobs: '1' }])
  })

  it('keeps nothing where the test does not go well', async () => {
    const { db, dir } = test.current()
    expect(await refusalOf(addCatalog(admin, wish(join(dir, 'nowhere.db'))))).toMatchObject({ code: 'invalid' })
    expect(await db.catalog.count()).toBe(0)
    expect(await db.auditRow.count()).toBe(0)
  })

  it('refuses a name that is taken in any case, a zone that is none, and whoever is no admin', async () => {
    const path = await file('c.db')
    await addCatalog(admin, wish(path))
    expect((await refusalOf(addCatalog(admin, wish(path, { name: 'CELLAR' })))).fields).toHaveProperty('name')
    expect((await refusalOf(addCatalog(admin, wish(path, { name: 'x', zone: 'Mars/Base' })))).fields).toHaveProperty(
      'zone',
    )
    expect(await refusalOf(addCatalog(someone('operator'), wish(path, { name: 'x' })))).toMatchObject({
      code: 'forbidden',
    })
  })

  it('refuses a director’s host that is not there', async () => {
    const refusal = await refusalOf(addCatalog(admin, wish(await file('c.db'), { directorHostId: 'gone' })))
    expect(refusal.fields).toHaveProperty('directorHostId')
  })
})

describe('editCatalog', () => {
  let catalogId: string
  beforeEach(async () => {
    catalogId = (await addCatalog(admin, wish(await file('c.db', [ended]), { isZoneRead: true }))).catalogId
  })

  it('renames and sets the zone, and says who told it', async () => {
    const { db } = test.current()
    await setZone(admin, { catalogId, version: 0, zone: 'Europe/Berlin' })
    expect(await getCatalogSettings(admin, catalogId)).toMatchObject({
      zone: 'Europe/Berlin',
      zoneSource: 'told',
      version: 1,
    })
    expect(JSON.parse((await lastAudit(db)).detail)).toEqual({
      changes: { zone: { before: zone, after: 'Europe/Berlin' } },
    })
    await editCatalog(admin, { catalogId, version: 1, name: 'attic' })
    expect(await listCatalogSettings(someone('viewer'))).toMatchObject([{ name: 'attic', zoneSource: 'told' }])
  })

  it('does not write over another’s edit, and is an admin’s', async () => {
    await editCatalog(admin, { catalogId, version: 0, name: 'attic' })
    expect(await refusalOf(editCatalog(admin, { catalogId, version: 0, name: 'loft' }))).toMatchObject({
      code: 'conflict',
    })
    expect(await refusalOf(setZone(someone('operator'), { catalogId, version: 1, zone }))).toMatchObject({
      code: 'forbidden',
    })
  })

  it('moves it after a test alone', async () => {
    const { db, dir } = test.current()
    const to = (path: string) => ({ catalogId, version: 0, place: { way: 'file' as const, path } })
    expect(await refusalOf(moveCatalog(admin, to(join(dir, 'nowhere.db'))))).toMatchObject({ code: 'invalid' })
    expect(await refusalOf(moveCatalog(someone('operator'), to('/x')))).toMatchObject({ code: 'forbidden' })
    const path = await file('newer.db', [], 1026)
    expect(await moveCatalog(admin, to(path))).toMatchObject({ schema: { name: 'Bacula 15.0' } })
    expect(await getCatalogSettings(admin, catalogId)).toMatchObject({ path, version: 1, schema: { versionId: 1026 } })
    expect(await lastAudit(db)).toMatchObject({ verb: 'move catalog', label: 'cellar' })
  })
})

describe('removeCatalog', () => {
  it('forgets it after its name was typed, and leaves the file', async () => {
    const { db } = test.current()
    const path = await file('c.db')
    const { catalogId } = await addCatalog(admin, wish(path))
    expect((await refusalOf(removeCatalog(admin, { catalogId, typedName: 'cell' }))).fields).toHaveProperty('typedName')
    expect(await refusalOf(removeCatalog(someone('operator'), { catalogId, typedName: 'cellar' }))).toMatchObject({
      code: 'forbidden',
    })
    await removeCatalog(admin, { catalogId, typedName: 'cellar' })
    expect(await db.catalog.count()).toBe(0)
    expect(await lastAudit(db)).toMatchObject({ verb: 'remove catalog', label: 'cellar' })
    expect(existsSync(path)).toBe(true)
  })
})

describe('the sample', () => {
  it('is made with its file, marked, and goes with it', async () => {
    const { db } = test.current()
    const { catalogId } = await addSample(admin)
    expect(await lastAudit(db)).toMatchObject({ verb: 'add catalog', objectId: catalogId, label: 'Sample' })
    await readCatalog(someone('viewer'), catalogId, async (catalog) => {
      expect(catalog).toMatchObject({ isSample: true, zone, dialect: 'sqlite' })
    })
    await addSample(admin)
    expect((await listCatalogSettings(admin)).map(({ name }) => name)).toEqual(['Sample', 'Sample 2'])
    await removeCatalog(admin, { catalogId, typedName: 'Sample' })
    expect(existsSync(samplePath(catalogId))).toBe(false)
    expect(await refusalOf(addSample(someone('operator')))).toMatchObject({ code: 'forbidden' })
  })

  it('cannot be moved', async () => {
    const { catalogId } = await addSample(admin)
    const place = { way: 'file' as const, path: await file('c.db') }
    expect(await refusalOf(moveCatalog(admin, { catalogId, version: 0, place }))).toMatchObject({ code: 'conflict' })
  })

  it('is made anew when its now is long ago, or its file is gone', async () => {
    const { catalogId } = await addSample(admin)
    const path = samplePath(catalogId)
    expect(await refreshSamples(admin)).toEqual([])
    const later = new Date(Date.now() + 30 * 86_400_000)
    expect(await refreshSamples(admin, later)).toEqual([catalogId])
    const newest = await withReader({ way: 'file', dialect: 'sqlite', path }, (reader) =>
      reader.ask(sql`SELECT MAX(JobTDate) AS newest FROM Job`),
    )
    expect(later.getTime() / 1000 - Number(newest[0]?.['newest'])).toBeLessThan(3 * 86_400)
    utimesSync(path, 0, 0)
    expect(await refreshSamples(admin)).toEqual([catalogId])
    expect(statSync(path).mtimeMs).toBeGreaterThan(0)
  })
})

describe('a host that a catalog is read through', () => {
  it('stays in the inventory, and the refusal names the catalog', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber' })
    const data = {
      ...{ name: 'cellar', way: 'tunnel', dialect: 'mysql', zone, zoneSource: 'told' },
      product: 'bacula',
      schemaVersion: 16,
    }
    await db.catalog.create({ data: { ...data, hostId: host.id } })
    expect(await refusalOf(removeHost(admin, { hostId: host.id, typedName: 'umber' }))).toMatchObject({
      code: 'conflict',
      userMessage: 'The catalog cellar is read through umber. Remove it first, or give it another way.',
    })
    expect(await db.host.count()).toBe(1)
  })

  it('may go where it is only the director’s', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber' })
    const { catalogId } = await addCatalog(admin, wish(await file('c.db'), { directorHostId: host.id }))
    await removeHost(admin, { hostId: host.id, typedName: 'umber' })
    expect(await getCatalogSettings(admin, catalogId)).toMatchObject({ directorHost: null })
  })
})
