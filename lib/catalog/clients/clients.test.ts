import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/sql'
import { jobRow, makeCatalog, type Rows, readFile, testNow } from '../jobs/testing'
import { wallText } from '../rules'
import { makeSample } from '../sample/make-sample'
import { monthsUntil, sizeByMonth } from './client-sizes'
import { clientsExport, daysSince, readSearch } from './clients-export'
import { type ClientSort, clientSorts, listClients, readWindow } from './list-clients'
import { readClient } from './read-client'
import { retentionRemarks } from './retention-remarks'

let dir: string
let sample: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-clients-'))
  sample = join(dir, 'sample.sqlite')
  await makeSample(sample, { now: new Date(testNow), seed: 1 })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const dayS = 86_400
const zone = 'Europe/Paris'

function list(
  path: string,
  options: { search?: string; windowDays?: number; by?: ClientSort; descending?: boolean; page?: number } = {},
) {
  const { search = '', windowDays = 30, by = 'good', descending = true, page = 1 } = options
  return readFile(path, (catalog) =>
    listClients(catalog, { search, windowDays, sort: { by, descending }, page, pageSize: 50 }),
  )
}

/** A run that ended so many days ago. */
function run(JobId: number, daysAgo: number, more: Rows = {}): Rows {
  const at = testNow - daysAgo * dayS * 1000
  const [StartTime, EndTime] = [wallText(at - 600_000, zone), wallText(at, zone)]
  return jobRow({ JobId, StartTime, EndTime, JobTDate: Math.floor(at / 1000), JobBytes: 100, JobFiles: 1, ...more })
}

const client = (ClientId: number, Name: string) => ({
  ClientId,
  Name,
  Uname: 'x',
  AutoPrune: 1,
  FileRetention: 60 * dayS,
  JobRetention: 180 * dayS,
})

describe('listClients on the sample', () => {
  it('tells the age of the last good backups, and asks four questions', async () => {
    const { data, asked, rows } = await list(sample)
    expect(asked).toHaveLength(4)
    expect(rows).toBeLessThan(500)
    expect(asked.join()).not.toMatch(/\b(File|Filename|Path)\b/)
    expect(data.rows.map((row) => row.client.name)).toEqual(['vacs-fd', 'zebulon-fd'])
    const [expected] = (
      await readFile(sample, (catalog) =>
        catalog.ask(
          sql`SELECT MAX(JobTDate) AS at FROM Job WHERE ClientId = 2 AND Type = 'B' AND Level = 'F' AND JobStatus IN ('T', 'W')`,
        ),
      )
    ).data
    expect(data.rows[0]?.last.full?.at).toBe(Number(expected?.['at']) * 1000)
    expect(data.rows[0]?.worst?.verdict.state).toBe('overdue')
    expect(data.rows[1]?.worst?.verdict.state).toBe('on time')
  })

  it('counts errors in the chosen window', async () => {
    for (const windowDays of [7, 30, 365]) {
      const { data } = await list(sample, { windowDays })
      const [expected] = (
        await readFile(sample, (catalog) =>
          catalog.ask(sql`SELECT COUNT(*) AS ended, SUM(CASE WHEN JobStatus IN ('E', 'e', 'f', 'I') THEN 1 ELSE 0 END) AS failed FROM Job
            WHERE Type = 'B' AND JobStatus NOT IN ('A', 'R') AND JobTDate >= ${testNow / 1000 - windowDays * dayS}`),
        )
      ).data
      expect([data.totals.ended, data.totals.failed].map(String)).toEqual([expected?.['ended'], expected?.['failed']])
    }
  })

  it('sums up the last good Fulls by month', async () => {
    const { data } = await list(sample, { search: 'ZEBULON' })
    const sizes = data.rows[0]?.sizes ?? []
    expect(sizes).toHaveLength(13)
    expect(sizes.at(-1)?.month).toBe('2026-11')
    expect(sizes.at(-1)?.bytes).toBeGreaterThan(8e10)
    expect(data.totals.clients).toBe(1)
  })

  it('gives all clients as a table', async () => {
    const { data } = await readFile(sample, async (catalog) => {
      const cells: unknown[][] = []
      for await (const part of clientsExport.rows(catalog, new URLSearchParams()))
        cells.push(...part.map((row) => clientsExport.columns.map((column) => column.value(row))))
      return cells
    })
    expect(data.map(([, name]) => name)).toEqual(['vacs-fd', 'zebulon-fd'])
  })
})

describe('listClients', () => {
  it('judges by the last runs, and knows a good run from before them', async () => {
    const Job = [
      ...Array.from({ length: 60 }, (_, at) => run(at + 1, 100 - at, { ClientId: 1, JobStatus: at < 5 ? 'T' : 'f' })),
      ...Array.from({ length: 60 }, (_, at) => run(at + 101, 60 - at, { ClientId: 2, Name: 'Fine' })),
      ...Array.from({ length: 40 }, (_, at) => run(at + 201, 60 - at, { ClientId: 3, Name: 'Never', JobStatus: 'E' })),
    ]
    const catalog = await makeCatalog({
      Client: [client(1, 'late'), client(2, 'fine'), client(3, 'never'), client(4, 'idle')],
      Job,
    })
    const { data, asked, rows } = await list(catalog.path)
    expect(asked).toHaveLength(4)
    expect(rows).toBeLessThan(160)
    const of = (name: string) => data.rows.find((row) => row.client.name === name)
    expect(of('late')?.worst?.verdict).toMatchObject({ state: 'overdue', lastGood: expect.any(Date) })
    expect(of('late')?.lastGood?.jobId).toBe(5)
    expect(of('fine')?.worst?.verdict.state).toBe('on time')
    expect(of('never')?.worst?.verdict).toMatchObject({
      state: 'never good',
      because: expect.stringContaining('40 runs'),
    })
    expect(of('idle')).toMatchObject({ worst: null, lastGood: null, ended: 0 })
    expect(data.totals).toMatchObject({ clients: 4, neverGood: 1, withoutJobs: 1 })
    expect(data.rows.map((row) => row.client.name).slice(2)).toEqual(['late', 'fine'])
    catalog.remove()
  })

  it('sorts by every column over all clients and pages through them', async () => {
    const clients = Array.from({ length: 120 }, (_, at) =>
      client(at + 1, `client-${String((at * 37) % 120).padStart(3, '0')}`),
    )
    const Job = clients.map(({ ClientId }) =>
      run(ClientId, ClientId, { ClientId, Level: 'FDI'[ClientId % 3] ?? 'F', JobStatus: ClientId % 5 ? 'T' : 'f' }),
    )
    const catalog = await makeCatalog({ Client: clients, Job })
    for (const by of clientSorts)
      for (const descending of [true, false]) {
        const ids = new Set<number>()
        for (const page of [1, 2, 3])
          for (const row of (await list(catalog.path, { by, descending, page, windowDays: 365 })).data.rows)
            ids.add(row.client.clientId)
        expect(ids.size).toBe(120)
      }
    const oldest = await list(catalog.path, { by: 'good' })
    expect(oldest.data.rows[0]?.lastGood).toBeNull()
    const names = await list(catalog.path, { by: 'name', descending: false })
    expect(names.data.rows[0]?.client.name).toBe('client-000')
    catalog.remove()
  })

  it('says unknown for what odd rows do not tell', async () => {
    const hostile = `"><script>alert(1)</script>‮'; --`
    const catalog = await makeCatalog({
      Client: [{ ClientId: 1, Name: hostile, Uname: '', FileRetention: null, JobRetention: -1, AutoPrune: null }],
      Job: [
        run(1, 3, { Name: hostile, JobTDate: null, StartTime: 0, EndTime: null, SchedTime: 0, JobBytes: -7 }),
        run(2, -4000, { Name: 'Future', JobStatus: 'T', JobBytes: null }),
        run(3, 2, { Name: 'Other', ClientId: 77 }),
        run(4, 2, { Name: 'NoLevel', Level: '' }),
      ],
    })
    const { data } = await list(catalog.path)
    expect(data.rows[0]).toMatchObject({
      client: { name: hostile, fileRetention: null, jobRetention: null, autoPrune: false },
    })
    expect(data.rows[0]?.last.full).toMatchObject({ at: null })
    expect(daysSince(data.rows[0]?.last.full ?? null, testNow)).toBeNull()
    expect(data.rows[0]?.jobs.find(({ name }) => name === hostile)?.largestBytes).toBeNull()
    const { data: page } = await readFile(catalog.path, (of) => readClient(of, 1, { windowDays: 30 }))
    expect(page.jobs.map(({ verdict }) => verdict.state)).not.toContain('on time')
    expect(page.fileSets[0]).toMatchObject({ name: null })
    expect(page.remarks).toEqual([])
    catalog.remove()
  })

  it('shows an empty catalog as one without clients', async () => {
    const empty = await makeCatalog({})
    expect((await list(empty.path)).data).toMatchObject({ rows: [], totals: { clients: 0, ended: 0 }, isCut: false })
    empty.remove()
  })
})

describe('readClient on the sample', () => {
  it('shows what the page needs in eight questions', async () => {
    const { data, asked } = await readFile(sample, (catalog) => readClient(catalog, 1, { windowDays: 30 }))
    expect(asked.length).toBeLessThanOrEqual(8)
    expect(asked.join()).not.toMatch(/\b(File|Filename|Path)\b/)
    expect(data.jobs.map(({ name }) => name).sort()).toEqual(['Zebulon-A', 'Zebulon-B', 'Zebulon-C'])
    expect(data.fileSets).toHaveLength(3)
    expect(data.pools.find(({ name }) => name === 'A-Full-Pool')?.retention).toBe(360 * dayS)
    expect(data.largest[0]?.bytes).toBeGreaterThan(5e10)
    expect(data.latest).toHaveLength(10)
    expect(data.remarks.map(({ title }) => title)).toEqual([expect.stringContaining('60 days')])
  })

  it('throws not-found for a client that is not there', async () => {
    await expect(readFile(sample, (catalog) => readClient(catalog, 99, { windowDays: 30 }))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('sizeByMonth', () => {
  it('carries a Full on until the next, and never calls an unknown one nothing', () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04']
    const full = (name: string, month: string, bytes: number | null) => ({ clientId: 1, name, month, bytes })
    const sizes = sizeByMonth([full('a', '2026-02', 10), full('b', '2026-03', 5), full('a', '2026-04', null)], months)
    expect(sizes.map(({ bytes }) => bytes)).toEqual([null, 10, 15, null])
  })

  it('counts months by the director’s calendar', () => {
    expect(monthsUntil({ now: Date.parse('2026-12-31T23:30:00Z'), zone: 'Europe/Paris' }).at(-1)).toBe('2027-01')
    expect(monthsUntil({ now: Date.parse('2026-12-31T23:30:00Z'), zone: 'UTC' })).toHaveLength(13)
  })
})

describe('retentionRemarks', () => {
  const row = { clientId: 1, name: 'c', uname: '', autoPrune: true, fileRetention: 60 * dayS, jobRetention: 180 * dayS }
  const pool = (days: number | null) => [
    { poolId: 1, name: 'A-Full-Pool', retention: days === null ? null : days * dayS, jobs: 3 },
  ]

  it('warns when jobs leave before their volumes, as Bacula’s defaults do to the article’s grade A', () => {
    const [first] = retentionRemarks(row, pool(360))
    expect(first).toMatchObject({ status: 'warn', title: expect.stringContaining('A-Full-Pool') })
    expect(retentionRemarks({ ...row, autoPrune: false }, pool(360))[0]?.status).toBe('info')
  })

  it('finds nothing where the promises hold or nothing is known', () => {
    expect(retentionRemarks({ ...row, fileRetention: 400 * dayS, jobRetention: 400 * dayS }, pool(360))).toEqual([])
    expect(retentionRemarks({ ...row, fileRetention: null, jobRetention: null }, pool(360))).toEqual([])
    expect(retentionRemarks(row, pool(null))).toEqual([])
    expect(retentionRemarks({ ...row, fileRetention: 200 * dayS }, []).map(({ title }) => title)).toEqual([
      'File Retention is longer than Job Retention',
    ])
  })
})

it('reads what an address may ask', () => {
  expect([readWindow('7'), readWindow('8'), readWindow(['7'])]).toEqual([7, 30, 30])
  expect(readSearch(' a\0b ')).toBe('ab')
})
