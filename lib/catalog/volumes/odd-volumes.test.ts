import { describe, expect, it } from 'vitest'
import { hourMs, job, now, withCatalog, zone } from '../overview/testing'
import { listPools } from '../pools/list-pools'
import { wallText } from '../rules'
import { jobsOnVolume } from './jobs-on-volume'
import { getVolume, listVolumes, readVolumeFilter, volumeChoices, volumePart, volumeSorts } from './list-volumes'
import { jobsPerPage, readVolumeJobs } from './volume-jobs'
import { volumesExport } from './volumes-export'

const pool = { PoolId: 1, Name: 'Full', PoolType: 'Backup', LabelFormat: '*' }
const hostile = [
  `o'Neil"; DROP TABLE Media; --`,
  '<img src=x onerror=alert(1)>',
  '\u202egpj.exe',
  '100%_\\!',
  'Ünïcode',
]
const written = { FirstWritten: wallText(now - 500 * hourMs, zone), LastWritten: wallText(now - 400 * hourMs, zone) }

function volume(MediaId: number, other: Readonly<Record<string, string | number | null>> = {}) {
  return {
    ...{ MediaId, VolumeName: `v${MediaId}`, PoolId: 1, MediaType: 'File', VolStatus: 'Full', VolBytes: 1000 },
    ...{ Recycle: 1, VolRetention: 3600, ...written, ...other },
  }
}

const sort = { by: 'name', descending: false } as const

describe('sizes that are none', () => {
  const Media = [volume(1), volume(2, { VolBytes: -5 }), volume(3, { VolBytes: null }), volume(4, { VolBytes: 9e30 })]

  it('count as unknown, never as zero', async () => {
    await withCatalog({ Pool: [pool], Media }, async (catalog) => {
      const [found] = await listPools(catalog)
      expect(found).toMatchObject({ unsized: 3, use: { volumes: 4, bytes: 1000 } })
      expect(await listVolumes(catalog, { filter: {}, sort, page: 1 })).toMatchObject({
        ...{ total: 4, bytes: 1000, unsized: 3 },
      })
      expect(await listVolumes(catalog, { filter: { q: 'v2' }, sort, page: 1 })).toMatchObject({
        ...{ total: 1, bytes: null, unsized: 1 },
      })
      expect(await listVolumes(catalog, { filter: { q: 'none' }, sort, page: 1 })).toMatchObject({
        ...{ total: 0, bytes: 0, unsized: 0 },
      })
      expect((await getVolume(catalog, 2))?.bytes).toBeNull()
    })
  })
})

it('is no capacity where the size of a volume that is set aside is not known', async () => {
  const limits = { MaxVols: 10, MaxVolBytes: 5000 }
  const aside = volume(2, { VolStatus: 'Error', VolBytes: -5 })
  await withCatalog(
    { Pool: [{ ...pool, ...limits }], Media: [volume(1, { MaxVolBytes: 5000 }), aside] },
    async (catalog) => {
      const [found] = await listPools(catalog)
      expect(found?.capacity.bytes).toBeNull()
      expect(found?.capacity.because).toContain('at least 45 kB')
    },
  )
})

describe('a row with nothing in it', () => {
  const empty = {
    ...{ MediaId: 7, VolumeName: '', PoolId: null, MediaType: '', VolStatus: '', VolBytes: null, Recycle: null },
    ...{ Enabled: null, VolRetention: null, FirstWritten: null, LastWritten: '', LabelDate: '2026-13-45 00:00:00' },
    ...{ VolErrors: null, VolMounts: -1, VolWrites: null, VolJobs: null, StorageId: null, MaxVolBytes: null },
  }

  it('is shown, found and sorted as one of which nothing is known', async () => {
    await withCatalog({ Pool: [pool], Media: [empty, volume(8)] }, async (catalog) => {
      const found = await getVolume(catalog, 7)
      expect(found).toMatchObject({ pool: null, bytes: null, mounts: null, retention: null, recycle: false })
      expect(found?.verdict.state).toBe('unknown')
      expect(found?.health.notKnown).toContain('errors')
      for (const by of volumeSorts)
        for (const descending of [false, true]) {
          const { rows } = await listVolumes(catalog, { filter: {}, sort: { by, descending }, page: 1 })
          expect(rows.map(({ mediaId }) => mediaId).toSorted()).toEqual([7, 8])
          // What is not known stands last, whichever way round.
          if (by === 'bytes' || by === 'due' || by === 'retention') expect(rows[1]?.mediaId).toBe(7)
        }
      expect((await listPools(catalog))[0]).toMatchObject({ use: { volumes: 1 }, unsized: 0 })
    })
  })

  it('makes no capacity out of limits that are not there', async () => {
    const limits = { MaxVols: null, MaxVolBytes: -1, VolRetention: null }
    await withCatalog({ Pool: [{ ...pool, ...limits }], Media: [volume(1)] }, async (catalog) => {
      const [found] = await listPools(catalog)
      expect(found?.capacity).toEqual({ bytes: null, because: "The pool's limits could not be read." })
      expect(found).toMatchObject({ retention: null, maxVols: null, oldest: null })
    })
  })
})

describe('hostile names', () => {
  const Media = hostile.map((VolumeName, at) => volume(at + 1, { VolumeName }))

  it.each(hostile)('are found whole: %j', async (name) => {
    await withCatalog({ Pool: [{ ...pool, Name: name }], Media }, async (catalog) => {
      const filter = readVolumeFilter({ q: name })
      const { rows, total } = await listVolumes(catalog, { filter, sort, page: 1 })
      expect(rows.map((row) => row.name)).toEqual([name])
      expect(total).toBe(1)
      expect((await volumeChoices(catalog)).pools).toEqual([{ id: 1, name }])
      expect((await listPools(catalog))[0]?.name).toBe(name)
    })
  })

  it('do no harm as a status or a type that is asked for', async () => {
    await withCatalog({ Pool: [pool], Media }, async (catalog) => {
      for (const text of hostile)
        expect(
          (await listVolumes(catalog, { filter: readVolumeFilter({ status: text, type: text }), sort, page: 1 })).total,
        ).toBe(0)
      expect((await volumePart(catalog, { filter: {}, after: 0, limit: 99 })).length).toBe(hostile.length)
    })
  })
})

it('takes a filter that makes no sense as none', () => {
  const odd = { pool: '-1', enabled: '7', prune: 'always', health: ['a'], q: ' ', status: ['x', 'y'] }
  expect(Object.values(readVolumeFilter(odd)).filter((value) => value !== undefined)).toEqual([])
})

it('pages over all rows, each once', async () => {
  const Media = Array.from({ length: 130 }, (_, at) => volume(at + 1, { VolBytes: at % 3 }))
  await withCatalog({ Pool: [pool], Media }, async (catalog, asked) => {
    const ids = new Set<number>()
    for (const page of [1, 2, 3, 4]) {
      asked.count = 0
      const list = await listVolumes(catalog, { filter: {}, sort: { by: 'bytes', descending: true }, page })
      expect(asked.count).toBeLessThanOrEqual(3)
      expect(list.total).toBe(130)
      for (const { mediaId } of list.rows) ids.add(mediaId)
    }
    expect(ids.size).toBe(130)
    const rows = []
    for await (const part of volumesExport.rows(catalog, new URLSearchParams({ q: 'v1' }))) rows.push(...part)
    expect(rows.length).toBe(Media.filter(({ VolumeName }) => VolumeName.includes('v1')).length)
  })
})

describe('the jobs on a volume', () => {
  const disk = volume(1, { VolType: 1, VolBytes: 10_000, EndFile: 0, EndBlock: 9999 })
  const part = (JobMediaId: number, JobId: number, StartBlock: number, EndBlock: number) => ({
    ...{ JobMediaId, JobId, MediaId: 1, FirstIndex: 1, LastIndex: 1, StartFile: 0, EndFile: 0, StartBlock, EndBlock },
  })

  it('stand there newest first, each once, with what their parts cover', async () => {
    const Job = [job(10 * hourMs, { JobId: 1 }), job(5 * hourMs, { JobId: 2, JobStatus: 'f' })]
    const JobMedia = [part(1, 1, 0, 999), part(2, 1, 1000, 2999), part(3, 2, 3000, 5999), part(4, 77, 6000, 6999)]
    await withCatalog({ Media: [disk, volume(2)], Job, JobMedia }, async (catalog, asked) => {
      asked.count = 0
      const { rows, total } = await jobsOnVolume(catalog, { mediaId: 1 }, 1)
      expect(asked.count).toBe(3)
      expect(total).toBe(3)
      expect(rows.map(({ jobId, name, status, estimate }) => [jobId, name, status, estimate.bytes])).toEqual([
        [77, null, null, 1000],
        [2, 'Nightly', 'f', 3000],
        [1, 'Nightly', 'T', 3000],
      ])
      expect(rows.every(({ estimate }) => estimate.isEstimate)).toBe(true)
      const told: unknown = JSON.parse(JSON.stringify({ rows, total }))
      expect(readVolumeJobs(told)).toEqual({ rows, total })
      expect(await jobsOnVolume(catalog, { mediaId: 2 }, 1)).toEqual({ rows: [], total: 0 })
      expect(await jobsOnVolume(catalog, { mediaId: 999 }, 1)).toEqual({ rows: [], total: 0 })
    })
  })

  it('come in pages, each job on one', async () => {
    const many = jobsPerPage * 2 + 7
    const Job = Array.from({ length: many }, (_, at) => job(hourMs, { JobId: at + 1 }))
    const JobMedia = Job.map((_, at) => part(at + 1, at + 1, at * 10, at * 10 + 9))
    await withCatalog({ Media: [disk], Job, JobMedia }, async (catalog) => {
      const pages = await Promise.all([1, 2, 3, 4].map((page) => jobsOnVolume(catalog, { mediaId: 1 }, page)))
      expect(pages.map(({ rows }) => rows.length)).toEqual([jobsPerPage, jobsPerPage, 7, 0])
      expect(new Set(pages.flatMap(({ rows }) => rows.map(({ jobId }) => jobId))).size).toBe(many)
      expect(pages.every(({ total }) => total === many)).toBe(true)
    })
  })
})

it.each([null, 'x', {}, { rows: [{}], total: 1 }, { rows: [], total: '1' }])(
  'takes no odd answer for jobs: %j',
  (answer) => {
    expect(() => readVolumeJobs(answer)).toThrow(TypeError)
  },
)
