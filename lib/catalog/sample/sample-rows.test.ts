import { describe, expect, it } from 'vitest'
import {
  chainOf,
  type JobsLeft,
  laterInstant,
  overdueVerdict,
  type VolumeVerdict,
  volumeVerdict,
} from '@/lib/catalog/rules'
import type { Row } from './row'
import { sampleRows } from './sample-rows'

const zone = 'Europe/Paris'
const dayMs = 86_400_000
const now = Date.parse('2026-11-26T09:00:00Z')

/** The article's table: grade, tapes, space in Go. */
const article = [
  ['A-Full-Pool', 73, 313],
  ['B-Full-Pool', 28, 120],
  ['C-Full-Pool', 4, 17],
  ['Diff-Pool', 22, 94],
  ['Incr-Pool', 13, 55],
  ['Default', 0, 0],
] as const

type Tables = Record<string, Row[]>
const number = (row: Row | undefined, column: string) => Number(row?.[column])
const rowsOf = (tables: Tables, table: string) => tables[table] ?? []
const sum = (rows: readonly Row[], column: string) => rows.reduce((total, row) => total + number(row, column), 0)

function poolsOf(tables: Tables) {
  return rowsOf(tables, 'Pool').map((pool) => {
    const volumes = rowsOf(tables, 'Media').filter(({ PoolId }) => PoolId === pool['PoolId'])
    return [pool['Name'], volumes.length, Math.round(sum(volumes, 'VolBytes') / 1e9)]
  })
}

/** Every 25 days of two years, and the nights and days around the switches of the clock. */
const moments = [
  ...Array.from({ length: 30 }, (_, turn) => now + turn * 25 * dayMs + turn * 3_777_000),
  ...[
    '2026-03-29T00:59:59Z',
    '2026-03-29T01:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2028-02-29T23:00:00Z',
  ].map((text) => Date.parse(text)),
]

describe("the article's sums", () => {
  it.each(moments.map((at, seed) => [new Date(at).toISOString(), at, seed]))('%s', (_, at, seed) => {
    const tables = sampleRows({ now: at, seed, zone })
    expect(poolsOf(tables)).toEqual(article)
    expect(rowsOf(tables, 'Media')).toHaveLength(140)
    expect(Math.round(sum(rowsOf(tables, 'Media'), 'VolBytes') / 1e9)).toBe(599)
    expect(Math.max(...rowsOf(tables, 'Media').map((row) => number(row, 'VolBytes')))).toBeLessThanOrEqual(2 ** 32)
    // To the block: all volumes are full but the last.
    for (const pool of rowsOf(tables, 'Pool')) {
      const [, , gigabytes = 0] = article.find(([name]) => name === pool['Name']) ?? []
      const volumes = rowsOf(tables, 'Media').filter(({ PoolId }) => PoolId === pool['PoolId'])
      expect(sum(volumes, 'VolBytes')).toBe(Math.floor((gigabytes * 1e9) / 64_512) * 64_512)
    }
    // What every screen has something to show of, whenever it is made.
    const statuses = new Set(rowsOf(tables, 'Media').map(({ VolStatus }) => VolStatus))
    expect([...statuses].sort()).toEqual(['Append', 'Error', 'Full', 'Purged', 'Read-Only'])
    const ends = new Set(rowsOf(tables, 'Job').map(({ JobStatus }) => JobStatus))
    for (const status of ['A', 'E', 'R', 'T', 'f']) expect(ends).toContain(status)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(sampleRows({ now, seed: 7, zone })).toEqual(sampleRows({ now, seed: 7, zone }))
    expect(sampleRows({ now, seed: 7, zone })['Job']).not.toEqual(sampleRows({ now, seed: 8, zone })['Job'])
  })
})

describe('a sample', () => {
  const tables = sampleRows({ now, seed: 1, zone })
  const [jobs, media, jobMedia, histo] = ['Job', 'Media', 'JobMedia', 'JobHisto'].map((table) => rowsOf(tables, table))
  const jobById = new Map(jobs?.map((job) => [job['JobId'], job]))

  it('covers each volume with the parts of its jobs, end to end and never twice', () => {
    for (const volume of media ?? []) {
      const parts = (jobMedia ?? [])
        .filter(({ MediaId }) => MediaId === volume['MediaId'])
        .map((row) => [number(row, 'StartBlock'), number(row, 'EndBlock')] as const)
        .sort((one, other) => one[0] - other[0])
      const size = number(volume, 'VolBytes')
      const isOverlapping = parts.some(([start], place) => start <= (parts[place - 1]?.[1] ?? -1))
      expect([volume['VolumeName'], isOverlapping]).toEqual([volume['VolumeName'], false])
      const held = parts.reduce((total, [start, end]) => total + end - start + 1, 0)
      // What a prune took out of the catalog is still on the Differential volumes, and nobody's any more.
      if (number(volume, 'PoolId') === 4) expect(held).toBeLessThanOrEqual(size)
      else expect([volume['VolumeName'], held]).toEqual([volume['VolumeName'], size])
      expect(number(volume, 'EndFile') * 2 ** 32 + number(volume, 'EndBlock') + 1).toBe(size)
    }
  })

  it('names no job and no volume that is not there, and no time to come', () => {
    const volumes = new Set(media?.map(({ MediaId }) => MediaId))
    expect(jobMedia?.every(({ JobId, MediaId }) => jobById.has(JobId ?? null) && volumes.has(MediaId ?? null))).toBe(
      true,
    )
    expect(rowsOf(tables, 'File').every(({ JobId }) => jobById.has(JobId ?? null))).toBe(true)
    expect(rowsOf(tables, 'Log').every(({ JobId }) => jobById.has(JobId ?? null))).toBe(true)
    const times = [...(jobs ?? []), ...(media ?? [])].flatMap((row) =>
      ['SchedTime', 'StartTime', 'EndTime', 'FirstWritten', 'LastWritten', 'InitialWrite'].flatMap(
        (column) => row[column] ?? [],
      ),
    )
    expect(times.every((time) => (laterInstant(time, zone) ?? Number.POSITIVE_INFINITY) <= now)).toBe(true)
  })

  it('knows no job on what was purged, and jobs on everything else but what they shared with it', () => {
    const held = new Set(jobMedia?.map(({ MediaId }) => MediaId))
    const bare = (media ?? []).filter(({ MediaId }) => !held.has(MediaId ?? null))
    expect(bare.map(({ VolStatus }) => VolStatus)).toContain('Purged')
    expect(bare.filter(({ PoolId }) => PoolId !== 4)).toEqual([])
    expect(bare.length).toBeLessThan(4)
  })

  it('leaves out what would be running still', () => {
    const inTheFull = sampleRows({ now: Date.parse('2026-11-07T23:30:00Z'), seed: 1, zone })
    const last = rowsOf(inTheFull, 'Job').findLast(({ Name, Level }) => Name === 'Zebulon-A' && Level === 'F')
    expect(last?.['StartTime']).toMatch(/^2026-10-03 23:05/)
  })

  it('has jobs that ran one after the other, and an end that fits JobTDate', () => {
    const ended = (jobs ?? []).filter(({ Type, EndTime }) => Type === 'B' && EndTime !== null)
    for (const [place, job] of ended.entries()) {
      expect(laterInstant(job['EndTime'], zone)).toBe(number(job, 'JobTDate') * 1000)
      const before = ended[place - 1]
      if (before) expect(String(job['StartTime']) > String(before['EndTime'])).toBe(true)
    }
  })

  it('has the sizes and times of the article', () => {
    const of = (level: string) =>
      (jobs ?? []).filter(({ Name, Level, JobStatus }) => Name === 'Zebulon-A' && Level === level && JobStatus === 'T')
    const gigabytes = (row: Row | undefined) => number(row, 'JobBytes') / 1e9
    const hours = (row: Row | undefined) =>
      ((laterInstant(row?.['EndTime'], zone) ?? 0) - (laterInstant(row?.['StartTime'], zone) ?? 0)) / 3_600_000
    const full = of('F').at(-1)
    expect(gigabytes(full)).toBeCloseTo(57, 0)
    expect(hours(full)).toBeGreaterThan(4)
    expect(hours(full)).toBeLessThan(6)
    const fulls = of('F').map(gigabytes)
    expect(fulls).toEqual([...fulls].sort((one, other) => one - other))
    expect(fulls.length).toBeGreaterThanOrEqual(11)
    const middle = (sizes: number[]) => sizes.sort((one, other) => one - other)[Math.floor(sizes.length / 2)]
    expect(middle(of('D').map(gigabytes))).toBeGreaterThan(6)
    expect(middle(of('D').map(gigabytes))).toBeLessThan(14)
    expect(middle(of('I').map(gigabytes))).toBeGreaterThan(2)
    expect(middle(of('I').map(gigabytes))).toBeLessThan(4)
  })

  it('keeps the whole year in JobHisto', () => {
    const months = new Set(histo?.map(({ StartTime }) => String(StartTime).slice(0, 7)))
    expect(months.size).toBeGreaterThanOrEqual(12)
    expect(histo?.length).toBeGreaterThan(900)
  })

  it('is judged by the rules as it was meant', () => {
    const verdicts = new Map<string, VolumeVerdict[]>()
    for (const volume of media ?? []) {
      const left = jobsLeftOn(volume['MediaId'] ?? null, jobMedia ?? [], jobById)
      const verdict = volumeVerdict(judged(volume), { now, zone, jobsLeft: left, versionId: 16 })
      const pool = String(volume['VolumeName']).replace(/\d+$/, '')
      verdicts.set(pool, [...(verdicts.get(pool) ?? []), verdict])
    }
    const prunable = (pool: string) => verdicts.get(pool)?.filter(({ state }) => state === 'prunable').length
    expect(prunable('A-Full-')).toBe(0)
    expect(prunable('B-Full-')).toBeGreaterThan(2)
    expect(prunable('Diff-')).toBeGreaterThan(1)
    expect(prunable('Incr-')).toBeLessThan(4)
    expect([...verdicts.values()].flat().filter(({ state }) => state === 'unknown')).toEqual([])
  })

  it('has one client that is overdue and one that is not', () => {
    const late = (name: string) => {
      const runs = (jobs ?? [])
        .filter((job) => job['Name'] === name)
        .map((job) => ({
          at: laterInstant(job['StartTime'], zone) ?? 0,
          isGood: ['T', 'W'].includes(String(job['JobStatus'])),
        }))
      return overdueVerdict(runs, now).state
    }
    expect(['Zebulon-A', 'Zebulon-B', 'Zebulon-C'].map(late)).toEqual(['on time', 'on time', 'on time'])
    expect(late('Vacs-A')).toBe('overdue')
  })

  it('has a whole chain behind the last good Incremental of the desktop', () => {
    const all = (jobs ?? []).map((job) => ({
      ...{ jobId: number(job, 'JobId'), name: String(job['Name']), clientId: number(job, 'ClientId') },
      ...{ fileSetId: number(job, 'FileSetId'), type: String(job['Type']), level: String(job['Level']) },
      ...{
        jobStatus: String(job['JobStatus']),
        startTime: String(job['StartTime']),
        jobTDate: number(job, 'JobTDate'),
      },
      purgedFiles: job['PurgedFiles'] === 1,
    }))
    const last = all.findLast(
      ({ name, level, jobStatus }) => name === 'Zebulon-A' && level === 'I' && jobStatus === 'T',
    )
    if (!last) throw new Error('expected a good Incremental')
    const chain = chainOf(last, all)
    expect(chain.isComplete).toBe(true)
    expect(chain.links.map(({ level }) => level).join('')).toMatch(/^FD?I+$/)
  })
})

function judged(volume: Row) {
  return {
    volStatus: String(volume['VolStatus']),
    enabled: number(volume, 'Enabled'),
    recycle: volume['Recycle'] === 1,
    volRetention: number(volume, 'VolRetention'),
    firstWritten: String(volume['FirstWritten']),
    lastWritten: String(volume['LastWritten']),
  }
}

function jobsLeftOn(mediaId: Row[string] | null, jobMedia: readonly Row[], jobs: ReadonlyMap<unknown, Row>): JobsLeft {
  const ids = new Set(jobMedia.filter((row) => row['MediaId'] === mediaId).map(({ JobId }) => JobId))
  const times = [...ids].flatMap((id) => {
    const job = jobs.get(id)
    return job ? [number(job, 'JobTDate')] : []
  })
  return {
    ended: times.length,
    newestTDate: times.length > 0 ? Math.max(...times) : null,
    unended: 0,
    orphans: ids.size - times.length,
  }
}
