import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { makeSample } from '../sample/make-sample'
import { type JobParams, type JobSort, jobSorts, readJobFilter } from './job-filter'
import { logExport } from './job-log'
import { jobsExport } from './jobs-export'
import { jobChoices, listJobs } from './list-jobs'
import { readJob } from './read-job'
import { jobRow, makeCatalog, readFile, type TestCatalog, testNow } from './testing'

let dir: string
let sample: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-jobs-'))
  sample = join(dir, 'sample.sqlite')
  await makeSample(sample, { now: new Date(testNow), seed: 1 })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function list(path: string, params: JobParams = {}, by: JobSort = 'id', descending = true, page = 1) {
  return readFile(path, (catalog) =>
    listJobs(catalog, { filter: readJobFilter(params), sort: { by, descending }, page, pageSize: 50 }),
  )
}

async function plain(path: string, work: (catalog: CatalogReading) => ReturnType<CatalogReading['ask']>) {
  return (await readFile(path, work)).data
}

describe('listJobs on the sample', () => {
  it('shows a page, sums all rows, and asks two questions', async () => {
    const { data, asked, rows } = await list(sample)
    const [all] = await plain(sample, (catalog) =>
      catalog.ask(sql`SELECT COUNT(*) AS jobs, SUM(JobBytes) AS bytes, SUM(JobFiles) AS files,
        SUM(CASE WHEN JobStatus IN ('E', 'e', 'f', 'I') THEN 1 ELSE 0 END) AS failed FROM Job`),
    )
    expect(asked).toHaveLength(2)
    expect(rows).toBeLessThan(100)
    expect(data.rows).toHaveLength(50)
    expect(data.totals.jobs).toBeGreaterThan(150)
    const { jobs, bytes, files, failed } = data.totals
    expect([jobs, bytes, files, failed].map(String)).toEqual([
      all?.['jobs'],
      all?.['bytes'],
      all?.['files'],
      all?.['failed'],
    ])
    expect(asked.join()).not.toMatch(/\b(File|Filename|Path)\b/)
  })

  it('offers the clients and the names of jobs, in one question', async () => {
    const { data, asked } = await readFile(sample, jobChoices)
    expect(asked).toHaveLength(1)
    expect(data.clients).toEqual([
      { id: 2, name: 'vacs-fd' },
      { id: 1, name: 'zebulon-fd' },
    ])
    expect(data.jobNames).toContain('Zebulon-A')
  })

  it('narrows by client, name, level, type and status, and the sums follow', async () => {
    for (const [params, where] of [
      [{ client: '2' }, sql`ClientId = 2`],
      [{ name: 'Vacs-A' }, sql`Name = 'Vacs-A'`],
      [{ level: 'D' }, sql`Level = 'D'`],
      [{ type: 'R' }, sql`Type = 'R'`],
      [{ status: 'failed' }, sql`JobStatus IN ('E', 'e', 'f', 'I')`],
      [{ status: 'f' }, sql`JobStatus = 'f'`],
      [{ status: 'good' }, sql`JobStatus = 'T' AND JobErrors = 0`],
      [{ status: 'warned' }, sql`JobStatus IN ('W', 'D') OR (JobStatus = 'T' AND JobErrors > 0)`],
      [{ q: 'zebulon-b' }, sql`Name = 'Zebulon-B'`],
      [{ from: '2026-11-01', to: '2026-11-07' }, sql`StartTime >= '2026-11-01' AND StartTime < '2026-11-08'`],
      [{ since: '7d', type: 'B' }, sql`Type = 'B' AND JobTDate >= ${testNow / 1000 - 7 * 86_400}`],
      [
        { client: '1', level: 'F', status: 'good', q: '-b' },
        sql`ClientId = 1 AND Name LIKE '%-B%' AND Level = 'F' AND JobStatus = 'T' AND JobErrors = 0`,
      ],
    ] as const) {
      const { data } = await list(sample, params)
      const [expected] = await plain(sample, (catalog) =>
        catalog.ask(sql`SELECT COUNT(*) AS jobs, CAST(TOTAL(JobBytes) AS INTEGER) AS bytes FROM Job WHERE ${where}`),
      )
      expect([params, String(data.totals.jobs), String(data.totals.bytes)]).toEqual([
        params,
        expected?.['jobs'],
        expected?.['bytes'],
      ])
      expect(data.totals.jobs).toBeGreaterThan(0)
      expect(data.rows).toHaveLength(Math.min(50, data.totals.jobs))
    }
  })

  it('finds a job by its id', async () => {
    const { data: all } = await list(sample)
    const jobId = all.rows[7]?.jobId ?? 0
    const { data } = await list(sample, { q: String(jobId) })
    expect(data.rows.map((row) => row.jobId)).toEqual([jobId])
  })

  it('sorts by every column, both ways, over all rows', async () => {
    const { data: all } = await readFile(sample, async (catalog) => {
      const found: Record<string, number[]> = {}
      for (const by of jobSorts)
        for (const descending of [true, false]) {
          const { rows } = await listJobs(catalog, {
            filter: readJobFilter({}),
            sort: { by, descending },
            page: 1,
            pageSize: 10_000,
          })
          found[`${by}${descending ? '-' : '+'}`] = rows.map(({ jobId }) => jobId)
        }
      return found
    })
    expect(new Set(Object.values(all).map(({ length }) => length)).size).toBe(1)
    for (const by of jobSorts) expect(all[`${by}-`]).not.toEqual(all[`${by}+`])
    const byBytes = await list(sample, {}, 'bytes')
    const bytes = byBytes.data.rows.map((row) => row.bytes ?? -1)
    expect(bytes).toEqual([...bytes].sort((one, other) => other - one))
  })

  it('pages through all rows, none twice', async () => {
    const { data: first } = await list(sample, {}, 'name', false)
    const ids = new Set<number>()
    for (let page = 1; page <= Math.ceil(first.totals.jobs / 50); page += 1)
      for (const { jobId } of (await list(sample, {}, 'name', false, page)).data.rows) ids.add(jobId)
    expect(ids.size).toBe(first.totals.jobs)
  })
})

describe('a search in the logs', () => {
  it('finds what lines hold, whatever the case, and shows the first', async () => {
    const { data, asked } = await list(sample, { log: 'CONNECTION TIMED OUT' })
    expect(asked.length).toBeLessThanOrEqual(6)
    expect(data.totals.jobs).toBeGreaterThan(0)
    expect(data.rows.every(({ status }) => status === 'f')).toBe(true)
    expect(data.hits?.get(data.rows[0]?.jobId ?? 0)?.text).toContain('Connection timed out')
  })

  it('takes no text for a wildcard', async () => {
    expect((await list(sample, { log: '%' })).data.totals.jobs).toBe(0)
    expect((await list(sample, { log: 'Start_Backup' })).data.totals.jobs).toBe(0)
    expect((await list(sample, { log: "x' OR '1'='1" })).data.totals.jobs).toBe(0)
  })

  it('searches the logs of 1,000 jobs and of no more', async () => {
    const jobs = (count: number) => Array.from({ length: count }, (_, at) => jobRow({ JobId: at + 1 }))
    const Log = [{ LogId: 1, JobId: 7, Time: 0, LogText: 'lost it' }]
    for (const [count, found, isTooMany] of [
      [1000, 1, false],
      [1001, 1001, true],
    ] as const) {
      const catalog = await makeCatalog({ Job: jobs(count), Log })
      const { data } = await list(catalog.path, { log: 'lost' })
      expect([data.totals.jobs, data.tooManyForLog]).toEqual([found, isTooMany])
      const asExport = readFile(catalog.path, async (of) => {
        const ids: number[] = []
        for await (const part of jobsExport.rows(of, new URLSearchParams('log=lost')))
          ids.push(...part.map(({ line }) => line.jobId))
        return ids
      })
      if (isTooMany) await expect(asExport).rejects.toMatchObject({ code: 'invalid' })
      else expect((await asExport).data).toEqual([7])
      catalog.remove()
    }
  })
})

describe('exports', () => {
  it('give all rows of the filter, each once', async () => {
    const { data } = await readFile(sample, async (catalog) => {
      const ids: number[] = []
      for await (const part of jobsExport.rows(catalog, new URLSearchParams('client=1&page=3')))
        ids.push(...part.map(({ line }) => line.jobId))
      return ids
    })
    const { data: shown } = await list(sample, { client: '1' })
    expect(data).toHaveLength(shown.totals.jobs)
    expect(new Set(data).size).toBe(data.length)
  })

  it('give a log in its order', async () => {
    const { data: all } = await list(sample, { status: 'good', type: 'B' })
    const jobId = all.rows[0]?.jobId ?? 0
    const { data: lines } = await readFile(sample, async (catalog) => {
      const texts: string[] = []
      for await (const part of logExport.rows(catalog, new URLSearchParams({ job: String(jobId) })))
        texts.push(...part.map(({ text }) => text))
      return texts
    })
    expect(lines[0]).toContain(`Start Backup JobId ${jobId}`)
  })
})

describe('readJob on the sample', () => {
  it('tells what an Incremental stands on, in seven questions', async () => {
    const { data: incrementals } = await list(sample, { name: 'Zebulon-A', level: 'I', status: 'good' })
    const last = incrementals.rows[0]
    const { data, asked } = await readFile(sample, (catalog) => readJob(catalog, last?.jobId ?? 0, 1))
    expect(asked.length).toBeLessThanOrEqual(7)
    expect(asked.join()).not.toMatch(/\b(File|Filename|Path)\b/)
    const levels = data.chain?.chain.links.map(({ level }) => level) ?? []
    expect(levels[0]).toBe('F')
    expect(levels.at(-1)).toBe('I')
    expect(data.chain?.chain.links.at(-1)?.jobId).toBe(last?.jobId)
    expect(data.chain?.chain.isComplete).toBe(true)
    expect(data.chain?.volumes.length).toBeGreaterThan(10)
    expect(data.history).toHaveLength(30)
    expect(data.log[0]?.text).toContain(`JobId ${last?.jobId}`)
    expect(data.volumes.volumes.length).toBeGreaterThan(0)
    const estimated = data.volumes.volumes.reduce((sum, { estimate }) => sum + (estimate.bytes ?? Number.NaN), 0)
    expect(Math.abs(estimated / (data.job.bytes ?? 0) - 1)).toBeLessThan(0.01)
  })

  it('says that a backup on a volume in Error may not be readable', async () => {
    const [row] = await plain(sample, (catalog) =>
      catalog.ask(sql`SELECT MAX(jm.JobId) AS job_id FROM JobMedia jm JOIN Media m ON m.MediaId = jm.MediaId
        JOIN Job j ON j.JobId = jm.JobId WHERE m.VolStatus = 'Error' AND j.JobStatus = 'T'`),
    )
    const { data } = await readFile(sample, (catalog) => readJob(catalog, Number(row?.['job_id']), 1))
    expect(data.chain?.chain.isComplete).toBe(false)
    expect(data.chain?.chain.because).toMatch(/is in Error/)
  })

  it('knows no chain of a restore', async () => {
    const { data: restores } = await list(sample, { type: 'R' })
    const { data } = await readFile(sample, (catalog) => readJob(catalog, restores.rows[0]?.jobId ?? 0, 1))
    expect(data.chain).toBeNull()
    expect(data.volumes.volumes).toEqual([])
  })

  it('throws not-found for a job that is not there', async () => {
    await expect(readFile(sample, (catalog) => readJob(catalog, 999_999, 1))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a catalog with odd rows', () => {
  let odd: TestCatalog
  const hostile = `<img src=x onerror=alert(1)>‮"'; DROP TABLE Job; --`
  beforeAll(async () => {
    const start = '2026-11-20 23:05:00'
    odd = await makeCatalog({
      Client: [{ ClientId: 1, Name: hostile, Uname: '', FileRetention: null, JobRetention: -1, AutoPrune: null }],
      FileSet: [{ FileSetId: 1, FileSet: hostile, MD5: '', CreateTime: 0 }],
      Pool: [{ PoolId: 1, Name: hostile, PoolType: 'Backup', LabelFormat: '*' }],
      Job: [
        jobRow({
          JobId: 1,
          Name: hostile,
          StartTime: start,
          EndTime: '2026-11-20 22:00:00',
          JobBytes: -5,
          JobFiles: null,
        }),
        jobRow({
          JobId: 2,
          Name: hostile,
          StartTime: '0000-00-00 00:00:00',
          EndTime: null,
          JobBytes: '18446744073709551615',
        }),
        jobRow({
          JobId: 3,
          StartTime: start,
          EndTime: '2026-11-20 23:06:40',
          JobBytes: 1000,
          JobFiles: 10,
          ReadBytes: 4000,
        }),
        jobRow({
          JobId: 4,
          StartTime: start,
          ClientId: 99,
          FileSetId: 98,
          PoolId: 97,
          JobStatus: '?',
          Level: '%',
          Type: '☃',
        }),
        jobRow({
          JobId: 5,
          StartTime: start,
          JobStatus: 'R',
          ClientId: null,
          FileSetId: null,
          PoolId: null,
          JobTDate: null,
        }),
        jobRow({
          JobId: 6,
          JobStatus: 'T',
          JobErrors: 3,
          JobBytes: '9007199254740993000',
          StartTime: '2026-11-21 01:00:00',
        }),
        jobRow({
          JobId: 7,
          JobStatus: 'T',
          JobBytes: '9007199254740993000',
          StartTime: '2026-11-22 01:00:00',
          Level: 'D',
        }),
      ],
      Log: [{ LogId: 1, JobId: 1, Time: 0, LogText: `${hostile}\0\n<script>alert(2)</script>` }],
      JobMedia: [
        {
          JobMediaId: 1,
          JobId: 3,
          MediaId: 4711,
          FirstIndex: 1,
          LastIndex: 1,
          StartFile: 0,
          EndFile: 0,
          StartBlock: -1,
          EndBlock: 5,
          VolIndex: 1,
        },
      ],
    })
  })
  afterAll(() => odd.remove())

  it('lists them with what is known, and leaves the impossible out of the sums', async () => {
    const { data } = await list(odd.path)
    expect(data.rows.map(({ jobId }) => jobId)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(data.totals.bytes / (2 * 9_007_199_254_740_993_000)).toBeCloseTo(1, 12)
    expect(data.totals.implausible).toBe(2)
    expect(data.totals.bySeverity).toMatchObject({ good: 4, warned: 1, running: 1, unknown: 1 })
    const of = (jobId: number) => data.rows.find((row) => row.jobId === jobId)
    expect(of(1)).toMatchObject({ name: hostile, client: hostile, bytes: null, files: null })
    expect(of(2)).toMatchObject({ bytes: null })
    expect(of(4)).toMatchObject({ client: null, fileSet: null, pool: null, clientId: 99 })
    expect(of(5)).toMatchObject({ clientId: null })
  })

  it('finds a hostile name as it stands, and sorts by what is unknown', async () => {
    expect((await list(odd.path, { name: hostile })).data.totals.jobs).toBe(2)
    expect((await list(odd.path, { q: hostile })).data.totals.jobs).toBe(2)
    expect((await list(odd.path, {}, 'bytes', false)).data.rows.map(({ jobId }) => jobId)).toEqual([
      5, 4, 3, 7, 6, 2, 1,
    ])
    expect((await list(odd.path, {}, 'start', true)).data.rows.at(-1)?.jobId).toBe(2)
  })

  it('opens each of them', async () => {
    for (const jobId of [1, 2, 3, 4, 5, 6, 7]) {
      const { data } = await readFile(odd.path, (catalog) => readJob(catalog, jobId, 1))
      expect(data.job.jobId).toBe(jobId)
    }
    const { data: noStart } = await readFile(odd.path, (catalog) => readJob(catalog, 2, 1))
    expect(noStart.chain?.chain.because).toContain('names no volume of it any more')
    const { data: lost } = await readFile(odd.path, (catalog) => readJob(catalog, 3, 1))
    expect(lost.volumes.volumes[0]).toMatchObject({ mediaId: 4711, name: null, estimate: { bytes: null } })
    expect(lost.chain?.chain).toMatchObject({ isComplete: false, because: expect.stringContaining('number 4711') })
  })

  it('shows an empty catalog as one without jobs', async () => {
    const empty = await makeCatalog({})
    const { data } = await list(empty.path)
    expect(data).toMatchObject({ rows: [], totals: { jobs: 0, bytes: 0, failed: 0 } })
    expect((await readFile(empty.path, jobChoices)).data).toEqual({ clients: [], jobNames: [] })
    empty.remove()
  })
})
