import { expect, it } from 'vitest'
import { sql } from '@/lib/sql'
import { now, withCatalog, withSample, zone } from '../overview/testing'
import { listPools } from '../pools/list-pools'
import { nextVolumeBack, prunableNow, readCount, schemaByVersion, wallText } from '../rules'
import { makeRandom } from '../sample/random'
import { listVolumes, volumePart } from './list-volumes'
import { comesBack, isPrunable, jobsLeftOn, jobsLeftOnAll, prunableFrom } from './prunable-sql'

type Row = Readonly<Record<string, string | number | null>>

const day = 86_400
const nowS = Math.floor(now / 1000)

/** Volumes with every mix of what a verdict looks at, and some that no catalog should have. */
function mixedTables() {
  const random = makeRandom(7)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random.next() * all.length)] as T
  const Media: Row[] = []
  const Job: Row[] = []
  const JobMedia: Row[] = []
  const time = (ago: number) => wallText((nowS - ago) * 1000, zone)
  for (let id = 1; id <= 4000; id += 1) {
    const retention = pick([0, 30 * day, 360 * day, 30 * day, null, -5, 9_000_000_000_000_000])
    Media.push({
      MediaId: id,
      VolumeName: `v${id}`,
      PoolId: 1 + (id % 3),
      MediaType: 'File',
      VolStatus: pick(['Full', 'Full', 'Used', 'Append', 'Purged', 'Recycle', 'Error', 'Odd']),
      Enabled: pick([1, 1, 1, 0, 2, null]),
      Recycle: pick([1, 1, 0]),
      VolRetention: retention,
      VolBytes: pick([1000, 4_294_967_296, -1, null]),
      FirstWritten: pick([time(500 * day), time(500 * day), time(500 * day), null, '0000-00-00 00:00:00', '']),
      LastWritten: pick([time(400 * day), time(day), time(400 * day), null, 0]),
    })
    const edge = nowS - (retention ?? 0)
    for (let count = pick([0, 1, 1, 2]); count > 0; count -= 1) {
      const JobId: number = Job.length + 1
      Job.push({
        ...{ JobId, Job: `j.${JobId}`, Name: 'j', Type: 'B', Level: 'F', ClientId: 1, PoolId: 1 + (id % 3) },
        JobStatus: pick(['T', 'T', 'T', 'T', 'W', 'f', 'R', 'C', 'A']),
        JobTDate: pick([edge - 40 * day, edge - 1, edge, edge + 1, edge + 600, 0, '', -7]),
        SchedTime: time(450 * day),
        StartTime: time(450 * day),
      })
      JobMedia.push({ JobMediaId: JobMedia.length + 1, JobId, MediaId: id, FirstIndex: 1, LastIndex: 1 })
      if (pick([true, false]))
        JobMedia.push({ JobMediaId: JobMedia.length + 1, JobId, MediaId: id, FirstIndex: 2, LastIndex: 2 })
    }
    if (pick([true, ...Array<boolean>(14).fill(false)]))
      JobMedia.push({ JobMediaId: JobMedia.length + 1, JobId: 9_999_999, MediaId: id, FirstIndex: 1, LastIndex: 1 })
  }
  const Pool = [1, 2, 3].map((PoolId) => ({ PoolId, Name: `pool ${PoolId}`, PoolType: 'Backup', LabelFormat: '*' }))
  return { Pool, Media, Job, JobMedia }
}

it.each([
  ['bacula', 16],
  ['bacula', 1020],
  ['bacula', 1026],
  ['bareos', 2210],
] as const)('says in SQL what volumeVerdict says: %s %i', async (product, version) => {
  await withCatalog(mixedTables(), async (base) => {
    const catalog = { ...base, schema: schemaByVersion(product, version) }
    // Bareos and the later versions have columns that these tables lack; none is asked for here.
    const asked =
      await catalog.ask(sql`SELECT m.MediaId AS id, CASE WHEN ${isPrunable(catalog)} THEN 1 ELSE 0 END AS prunable,
      CASE WHEN ${comesBack} THEN 1 ELSE 0 END AS back, ${prunableFrom(catalog)} AS due
      FROM Media m LEFT JOIN (${jobsLeftOnAll}) l ON l.MediaId = m.MediaId`)
    const bySql = new Map(asked.map((row) => [readCount(row['id']), row] as const))
    const all = await allVolumes(catalog)
    const wrong = all.flatMap(({ mediaId, verdict, ...rest }) => {
      const row = bySql.get(mediaId)
      const isSame =
        (row?.['prunable'] === '1') === (verdict.state === 'prunable') &&
        (row?.['back'] === '1') === verdict.comesBack &&
        (verdict.at === null ? true : readCount(row?.['due']) === verdict.at.getTime() / 1000)
      return isSame ? [] : [{ mediaId, verdict, row, rest }]
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect(all.length).toBe(4000)
    const states = new Set(all.map(({ verdict }) => verdict.state))
    expect(states).toEqual(new Set(['prunable', 'in-retention', 'never', 'unknown']))
  })
})

/** What is on each volume by the rows themselves, each job once; null where an end is no number. */
function jobsByHand({ Job, JobMedia }: ReturnType<typeof mixedTables>) {
  const jobs = new Map(Job.map((job) => [job['JobId'], job] as const))
  const on = new Map<number, Set<Row[string] | undefined>>()
  for (const { MediaId, JobId } of JobMedia)
    on.set(Number(MediaId), (on.get(Number(MediaId)) ?? new Set()).add(JobId ?? undefined))
  return new Map(
    [...on].map(([mediaId, ids]) => {
      const found = [...ids].map((id) => jobs.get(id ?? null))
      const isRunning = (job: Row) => job['JobStatus'] === 'R' || job['JobStatus'] === 'C'
      const known = found.filter((job) => job !== undefined)
      const ended = known.filter((job) => !isRunning(job))
      const ends = ended.map((job) => job['JobTDate'])
      const newest = ends.length === 0 || ends.includes('') ? null : Math.max(...ends.map(Number))
      const orphans = found.length - known.length
      return [mediaId, { orphans, unended: known.length - ended.length, ended: ended.length, newest }] as const
    }),
  )
}

it.each([16, 1026])('counts each job of a volume once, however many places it has there: %i', async (version) => {
  const tables = mixedTables()
  const byHand = jobsByHand(tables)
  await withCatalog(tables, async (base) => {
    const catalog = { ...base, schema: schemaByVersion('bacula', version) }
    const ids = tables.Media.map(({ MediaId }) => Number(MediaId))
    const all = await catalog.ask(sql`SELECT l.MediaId AS media_id, l.orphans AS orphans, l.unended AS unended,
      l.ended AS ended, l.newest AS newest FROM (${jobsLeftOnAll}) l`)
    for (const rows of [all, await catalog.ask(jobsLeftOn(catalog, ids))]) {
      const read = rows.map((row) => {
        const [orphans, unended, ended] = [row['orphans'], row['unended'], row['ended']].map(Number)
        const newest = row['newest'] ? Number(row['newest']) : null
        return [Number(row['media_id']), { orphans, unended, ended, newest }] as const
      })
      expect(new Map(read)).toEqual(byHand)
    }
  })
})

async function allVolumes(catalog: Parameters<typeof volumePart>[0]) {
  return volumePart(catalog, { filter: {}, after: 0, limit: 10_000 })
}

it('sums up in SQL, by pool, what the rules sum up of single volumes', async () => {
  await withCatalog(mixedTables(), async (catalog, asked) => {
    asked.count = 0
    const pools = await listPools(catalog)
    expect(asked.count).toBe(4)
    const all = await allVolumes(catalog)
    for (const pool of pools) {
      const own = all.filter(({ poolId }) => poolId === pool.poolId).map((one) => ({ ...one, bytes: one.bytes ?? 0 }))
      expect(pool.prunable).toEqual(prunableNow(own))
      expect(pool.use.volumes).toBe(own.length)
      expect(pool.use.bytes).toBe(own.reduce((sum, { bytes }) => sum + bytes, 0))
      const byAge = own.toSorted(
        (one, other) =>
          String(one.lastWritten ?? '').localeCompare(String(other.lastWritten ?? '')) || one.mediaId - other.mediaId,
      )
      expect(pool.nextBack?.how).toBe(nextVolumeBack(byAge)?.how)
      expect(pool.nextBack?.at).toEqual(nextVolumeBack(byAge)?.at)
    }
  })
})

it('finds by each filter what the rules say of single volumes', async () => {
  await withCatalog(mixedTables(), async (catalog) => {
    const all = await allVolumes(catalog)
    const totalOf = async (filter: Parameters<typeof listVolumes>[1]['filter']) =>
      (await listVolumes(catalog, { filter, sort: { by: 'due', descending: false }, page: 1 })).total
    const prunable = all.filter(({ verdict }) => verdict.state === 'prunable')
    expect(await totalOf({ prune: 'now' })).toBe(prunable.filter(({ verdict }) => verdict.comesBack).length)
    expect(await totalOf({ prune: 'kept' })).toBe(prunable.filter(({ verdict }) => !verdict.comesBack).length)
    expect(await totalOf({ prune: 'not' })).toBe(all.length - prunable.length)
    expect(await totalOf({ status: 'Used' })).toBe(all.filter(({ volStatus }) => volStatus === 'Used').length)
    expect(await totalOf({ q: 'V12' })).toBe(all.filter(({ name }) => name.includes('v12')).length)
    expect(await totalOf({ q: '%' })).toBe(0)
    expect(await totalOf({ enabled: '0' })).toBe(all.filter(({ enabled }) => enabled === 0).length)
  })
})

it('finds the volumes that are worth a look, on files and on tapes', async () => {
  const random = makeRandom(3)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T
  const Media = Array.from({ length: 600 }, (_, at) => {
    const [EndFile, EndBlock] = [pick([0, 0, 1]), 999]
    return {
      ...{ MediaId: at + 1, VolumeName: `t${at}`, PoolId: 1, MediaType: 'LTO', VolStatus: 'Full', EndFile, EndBlock },
      ...{ VolType: pick([0, 1, 2, 5, null]), VolBytes: pick([1000, 2 ** 32 + 1000, 5, 0]) },
      ...{
        VolErrors: pick([0, 0, 0, 2, null]),
        VolMounts: pick([1, 50, 51, 900]),
        VolWrites: pick([1, 4_000_000, null]),
      },
      ...{ LabelDate: pick([null, wallText(now - 1900 * 86_400_000, zone), wallText(now - 86_400_000, zone)]) },
      FirstWritten: pick([null, wallText(now - 2000 * 86_400_000, zone)]),
    }
  })
  await withCatalog({ Media }, async (catalog) => {
    const all = await allVolumes(catalog)
    const found = all.filter(({ health }) => health.findings.length > 0).length
    const sort = { by: 'name', descending: false } as const
    expect((await listVolumes(catalog, { filter: { health: 'findings' }, sort, page: 1 })).total).toBe(found)
    expect((await listVolumes(catalog, { filter: { health: 'fine' }, sort, page: 1 })).total).toBe(600 - found)
    expect(found).toBeGreaterThan(100)
  })
})

it('has the article’s figures in the sample', async () => {
  await withSample(async (catalog) => {
    const pools = await listPools(catalog)
    const told = pools.map(({ name, use }) => [name, use.volumes, Math.round(use.bytes / 1e9)])
    expect(told).toEqual([
      ['A-Full-Pool', 73, 313],
      ['B-Full-Pool', 28, 120],
      ['C-Full-Pool', 4, 17],
      ['Default', 0, 0],
      ['Diff-Pool', 22, 94],
      ['Incr-Pool', 13, 55],
    ])
  })
})

it('knows an empty catalog', async () => {
  await withCatalog({}, async (catalog) => {
    expect(await listPools(catalog)).toEqual([])
    const list = await listVolumes(catalog, { filter: {}, sort: { by: 'due', descending: true }, page: 1 })
    expect(list).toMatchObject({ rows: [], total: 0 })
  })
})
