import { afterAll, describe, expect } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { type SqlPlace, withReader } from '@/lib/sql'
import { sshPool } from '@/lib/ssh'
import { labTarget, onLabHost } from '@/lib/ssh/testing/on-lab-host'
import type { CatalogReading } from '../catalog-reading'
import { listPools } from '../pools/list-pools'
import { defaultHealthLimits, prunableNow, schemaByVersion } from '../rules'
import { jobsOnVolume } from './jobs-on-volume'
import { getVolume, listVolumes, volumeChoices, volumePart, volumeSorts } from './list-volumes'

const account = { user: 'bacula', password: 'lab-catalog', database: 'bacula' }
const file = '/var/lib/bacula/bacula.db'

type LabHost = Parameters<Parameters<typeof onLabHost>[2]>[0]

/** Each host, the schema of its catalog, how Pollux reaches it, and how one asks it plain SQL on the host itself. */
const catalogs = [
  {
    name: 'willow',
    versionId: 16,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'mysql', target: labTarget(host), host: '127.0.0.1', port: 3306, account },
    }),
    client: ['mysql', '-ubacula', '-plab-catalog', '-NB', 'bacula', '-e'],
  },
  {
    name: 'poplar',
    versionId: 16,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'postgresql', target: labTarget(host), host: '127.0.0.1', port: 5432, account },
    }),
    client: ['psql', '-At', '-F', '\t', 'postgresql://bacula:lab-catalog@127.0.0.1/bacula', '-c'],
  },
  {
    name: 'aspen',
    versionId: 1026,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'host-file', dialect: 'sqlite', target: labTarget(host), path: file },
    }),
    client: ['sqlite3', '-readonly', '-separator', '\t', file],
  },
] as const

/** A time far enough ahead that what is in retention today is past it: the lab's volumes are days old. */
const twoYearsOn = Date.now() + 730 * 86_400_000

afterAll(() => sshPool().close())

describe.each(catalogs)('pools and volumes of $name', ({ name, versionId, place, client }) => {
  /** Rows of plain SQL, as the database's own client prints them on the host. */
  const plain = async (text: string): Promise<string[][]> => {
    const { stdout, stderr, code } = await hostExec(name, [...client, text])
    expect(code, stderr).toBe(0)
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
  }
  const reading = <T>(host: LabHost, now: number, work: (catalog: CatalogReading) => Promise<T>): Promise<T> =>
    withReader(place(host), (reader) =>
      work({
        ...{ catalogId: 'c1', name: 'lab', dialect: reader.dialect, schema: schemaByVersion('bacula', versionId) },
        ...{ zone: 'UTC', now, limits: defaultHealthLimits, isSample: false, directorHostId: null },
        ask: (question, options) => reader.ask(question, options),
      }),
    )

  onLabHost(name, 'says of every pool what plain SQL says', async (host) => {
    const pools = await reading(host, Date.now(), (catalog) => listPools(catalog))
    const rows = await plain(
      'SELECT PoolId, Name, MaxVols, MaxVolBytes, VolRetention, Recycle, AutoPrune FROM Pool ORDER BY PoolId',
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(
      pools
        .toSorted((one, other) => one.poolId - other.poolId)
        .map((pool) => [
          ...[pool.poolId, pool.name, pool.maxVols, pool.maxVolBytes, pool.retention],
          ...[Number(pool.recycle), Number(pool.autoPrune)],
        ])
        .map((row) => row.map(String)),
    ).toEqual(rows)
    const statuses = await plain(
      'SELECT PoolId, VolStatus, COUNT(*), SUM(VolBytes) FROM Media GROUP BY PoolId, VolStatus ORDER BY 1, 2',
    )
    const told = pools.flatMap(({ poolId, use }) =>
      [...use.byStatus].map(([status, { volumes, bytes }]) => [poolId, status, volumes, bytes].map(String)),
    )
    const inOrder = (list: string[][]) => list.map((row) => row.join(' ')).toSorted()
    expect(inOrder(told)).toEqual(inOrder(statuses))
    const oldest = await plain(
      "SELECT PoolId, MIN(StartTime) FROM Job WHERE Type = 'B' AND JobStatus IN ('T', 'W') AND StartTime IS NOT NULL GROUP BY PoolId",
    )
    expect(oldest.length).toBeGreaterThan(0)
    for (const [id, time = ''] of oldest)
      expect(pools.find(({ poolId }) => String(poolId) === id)?.oldest).toBe(Date.parse(`${time.replace(' ', 'T')}Z`))
  })

  onLabHost(name, 'sums up what the rules say of single volumes, today and in two years', async (host) => {
    const seen: number[] = []
    for (const now of [Date.now(), twoYearsOn])
      await reading(host, now, async (catalog) => {
        const pools = await listPools(catalog)
        const all = await volumePart(catalog, { filter: {}, after: 0, limit: 10_000 })
        expect(all.map(({ mediaId }) => String(mediaId))).toEqual(
          (await plain('SELECT MediaId FROM Media ORDER BY MediaId')).flat(),
        )
        for (const { poolId, prunable } of pools) {
          const own = all.filter((one) => one.poolId === poolId).map((one) => ({ ...one, bytes: one.bytes ?? 0 }))
          expect(prunable).toEqual(prunableNow(own))
        }
        seen.push(all.filter(({ verdict }) => verdict.state === 'prunable').length)
      })
    expect(seen[1]).toBeGreaterThan(0)
  })

  onLabHost(name, 'filters, sorts and pages over all volumes', async (host) => {
    await reading(host, twoYearsOn, async (catalog) => {
      const all = await volumePart(catalog, { filter: {}, after: 0, limit: 10_000 })
      const ids = all.map(({ mediaId }) => mediaId)
      for (const by of volumeSorts)
        for (const descending of [false, true]) {
          const { rows, total } = await listVolumes(catalog, { filter: {}, sort: { by, descending }, page: 1 })
          expect(total).toBe(all.length)
          expect(rows.map(({ mediaId }) => mediaId).toSorted((one, other) => one - other)).toEqual(ids.slice(0, 50))
        }
      const found = async (filter: Parameters<typeof listVolumes>[1]['filter']) =>
        (await listVolumes(catalog, { filter, sort: { by: 'due', descending: false }, page: 1 })).total
      const prunable = all.filter(({ verdict }) => verdict.state === 'prunable')
      expect(await found({ prune: 'now' })).toBe(prunable.filter(({ verdict }) => verdict.comesBack).length)
      expect(await found({ prune: 'kept' })).toBe(prunable.filter(({ verdict }) => !verdict.comesBack).length)
      expect(await found({ prune: 'not' })).toBe(all.length - prunable.length)
      const [first] = all
      if (!first) throw new Error('expected a volume in the lab, got none')
      expect(await found({ q: first.name.toUpperCase() })).toBeGreaterThan(0)
      expect(await found({ q: '日' })).toBe(0)
      expect(await found({ q: `${first.name}'"\\%_` })).toBe(0)
      expect(await found({ type: first.mediaType, status: first.volStatus, enabled: '1' })).toBeGreaterThan(0)
      const findings = all.filter(({ health }) => health.findings.length > 0).length
      expect(await found({ health: 'findings' })).toBe(findings)
      expect(await found({ health: 'fine' })).toBe(all.length - findings)
      const choices = await volumeChoices(catalog)
      expect(choices.statuses).toEqual([...new Set(all.map(({ volStatus }) => volStatus))].toSorted())
    })
  })

  onLabHost(name, 'names the jobs on each volume that JobMedia names', async (host) => {
    await reading(host, Date.now(), async (catalog) => {
      const rows = await plain(
        'SELECT MediaId, COUNT(DISTINCT JobId), MAX(JobId) FROM JobMedia GROUP BY MediaId ORDER BY MediaId LIMIT 20',
      )
      expect(rows.length).toBeGreaterThan(0)
      for (const [mediaId, jobs, newest] of rows) {
        const volume = await getVolume(catalog, Number(mediaId))
        const found = await jobsOnVolume(catalog, { mediaId: Number(mediaId) }, 1)
        expect(found.total).toBe(Number(jobs))
        expect(found.rows[0]?.jobId).toBe(Number(newest))
        // What the jobs of a volume wrote on it is never more than the volume.
        for (const { estimate } of found.rows)
          if (estimate.bytes !== null) expect(estimate.bytes).toBeLessThanOrEqual(volume?.bytes ?? 0)
      }
    })
  })
})
