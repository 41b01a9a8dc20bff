import { describe, expect, it } from 'vitest'
import { backupDays } from './backup-days'
import { catalogSizes } from './catalog-sizes'
import { jobOutcomes } from './job-outcomes'
import { lateBackups } from './late-backups'
import { readOverview } from './read-overview'
import { growthOf, type SizeSample } from './size-growth'
import { client, dayMs, hourMs, job, now, withCatalog, withSample } from './testing'
import { unfinishedJobs } from './unfinished-jobs'
import { volumeTotals } from './volume-totals'

const none = { good: 0, warned: 0, failed: 0, canceled: 0, running: 0, unknown: 0 }

describe('jobOutcomes', () => {
  it('counts each job in the spans in which it ended', () =>
    withCatalog({ Job: [job(hourMs), job(3 * dayMs), job(20 * dayMs), job(31 * dayMs)] }, async (catalog) => {
      const { backups, others } = await jobOutcomes(catalog)
      expect(backups).toEqual({ '24h': { ...none, good: 1 }, '7d': { ...none, good: 2 }, '30d': { ...none, good: 3 } })
      expect(others['30d']).toEqual(none)
    }))

  it('tells statuses apart by case, and warnings by errors of a job that ended well', () => {
    const statuses = ['T', 'W', 'E', 'e', 'f', 'I', 'A', 'R', 'C', '?'].map((JobStatus) => job(hourMs, { JobStatus }))
    return withCatalog({ Job: [...statuses, job(hourMs, { JobErrors: 3 })] }, async (catalog) => {
      const { backups } = await jobOutcomes(catalog)
      expect(backups['24h']).toEqual({ good: 1, warned: 2, failed: 4, canceled: 1, running: 2, unknown: 1 })
    })
  })

  it('keeps what is no backup apart', () =>
    withCatalog(
      { Job: [job(hourMs, { Type: 'R', Level: ' ' }), job(hourMs, { Type: 'D', JobStatus: 'f' })] },
      async (catalog) => {
        const { backups, others } = await jobOutcomes(catalog)
        expect([backups['24h'], others['24h']]).toEqual([none, { ...none, good: 1, failed: 1 }])
      },
    ))
})

describe('backupDays', () => {
  it('has every day of the span, today last, and sums by level', () =>
    withCatalog(
      {
        Job: [
          job(hourMs),
          job(2 * hourMs, { JobStatus: 'W', JobBytes: 500, JobFiles: 5 }),
          job(2 * hourMs, { Level: 'f', JobBytes: 7_000_000_000_000, JobFiles: 9 }),
          job(2 * hourMs, { JobStatus: 'f', JobBytes: 99 }),
          job(2 * hourMs, { Type: 'R', JobBytes: 99 }),
          job(40 * dayMs, { Level: 'D' }),
        ],
      },
      async (catalog) => {
        const { days } = await backupDays(catalog, 30)
        expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([30, '2026-10-28', '2026-11-26'])
        expect(days.at(-1)?.levels).toEqual({
          full: { jobs: 1, bytes: 7_000_000_000_000, files: 9 },
          differential: { jobs: 0, bytes: 0, files: 0 },
          incremental: { jobs: 2, bytes: 1500, files: 15 },
          other: { jobs: 0, bytes: 0, files: 0 },
        })
        expect(
          (await backupDays(catalog, 90)).days.find(({ day }) => day === '2026-10-17')?.levels.differential.jobs,
        ).toBe(1)
      },
    ))

  it('takes the day from the director’s clock, not from UTC', () =>
    // 23:30 UTC on the 25th is half past midnight on the 26th in Paris.
    withCatalog({ Job: [job(9.5 * hourMs)] }, async (catalog) => {
      const { days } = await backupDays(catalog, 30)
      expect(days.filter(({ levels }) => levels.incremental.jobs > 0).map(({ day }) => day)).toEqual(['2026-11-26'])
      const inTokyo = await backupDays({ ...catalog, zone: 'Asia/Tokyo', now: now + 8 * hourMs }, 1)
      expect(inTokyo.days.map(({ day }) => day)).toEqual(['2026-11-27'])
    }))

  it('leaves impossible sizes out of the sums, and says so', () =>
    withCatalog(
      {
        Job: [
          job(hourMs, { JobBytes: -1 }),
          job(hourMs, { JobBytes: 9.3e18, JobFiles: 1 }),
          job(hourMs, { JobBytes: null }),
          job(hourMs, { JobBytes: '2305843009213693952', JobFiles: 1 }),
          job(hourMs, { JobBytes: '2305843009213693952', JobFiles: 1 }),
          job(hourMs, { EndTime: 0 }),
        ],
      },
      async (catalog) => {
        const { days, implausible, undated } = await backupDays(catalog, 1)
        expect([implausible, undated]).toEqual([3, 1])
        expect(days[0]?.levels.incremental).toEqual({ jobs: 5, bytes: 2 * 2 ** 61, files: 23 })
      },
    ))
})

describe('lateBackups', () => {
  const nightly = (from: number, to: number, other = {}) =>
    Array.from({ length: to - from }, (_, at) => job((from + at) * dayMs + hourMs, other))

  it('finds what is late by its own history, and nothing else', () =>
    withCatalog(
      {
        Client: [client, { ClientId: 2, Name: 'db-fd', Uname: '' }],
        Job: [
          ...nightly(0, 20),
          ...nightly(3, 20, { Name: 'Db', ClientId: 2 }),
          ...nightly(0, 3, { Name: 'Db', ClientId: 2, JobStatus: 'f' }),
          job(2 * dayMs, { Name: 'New' }),
        ],
      },
      async (catalog) => {
        const { late, total, onTime, unknown } = await lateBackups(catalog)
        expect([total, onTime, unknown]).toEqual([3, 1, 1])
        expect(late.map(({ job: name, client: of, runs, isSilent }) => [name, of, runs, isSilent])).toEqual([
          ['Db', 'db-fd', 20, false],
        ])
        expect(late[0]?.verdict.state).toBe('overdue')
        expect(late[0]?.verdict.lastGood?.getTime()).toBe(now - 3 * dayMs - hourMs - 600_000)
      },
    ))

  it('tells one client’s backups from another’s of the same job', () =>
    withCatalog(
      {
        Client: [client, { ClientId: 2, Name: 'db-fd', Uname: '' }],
        Job: [...nightly(0, 9), ...nightly(5, 14, { ClientId: 2 })],
      },
      async (catalog) => {
        expect((await lateBackups(catalog)).late.map(({ clientId }) => clientId)).toEqual([2])
      },
    ))

  it('says of all runs that none ended well, however many they are', () =>
    withCatalog({ Client: [client], Job: nightly(0, 200, { JobStatus: 'E' }) }, async (catalog) => {
      const [never] = (await lateBackups(catalog)).late
      expect(never?.verdict.because).toBe('None of 200 runs in the catalog ended well.')
    }))

  it('knows the last good run far behind many that failed', () =>
    withCatalog(
      { Client: [client], Job: [...nightly(0, 200, { JobStatus: 'f' }), ...nightly(200, 210)] },
      async (catalog) => {
        const [late] = (await lateBackups(catalog)).late
        expect([late?.verdict.state, late?.isSilent]).toEqual(['overdue', false])
        expect(late?.verdict.lastGood?.getTime()).toBe(now - 200 * dayMs - hourMs - 600_000)
      },
    ))

  it('puts what has not even begun for long behind the others', () =>
    withCatalog(
      { Client: [client], Job: [...nightly(100, 120, { Name: 'Old' }), ...nightly(3, 20)] },
      async (catalog) => {
        const { late } = await lateBackups(catalog)
        expect(late.map((one) => [one.job, one.isSilent])).toEqual([
          ['Nightly', false],
          ['Old', true],
        ])
      },
    ))

  it('takes no more than the newest runs of each', () =>
    withCatalog({ Job: nightly(0, 400) }, async (catalog) => {
      let longest = 0
      await lateBackups({
        ...catalog,
        async ask(question, options) {
          const rows = await catalog.ask(question, options)
          longest = Math.max(...rows.map((row) => (row['newest'] ?? '').split(',').length))
          return rows
        },
      })
      expect(longest).toBeGreaterThanOrEqual(31)
      expect(longest).toBeLessThanOrEqual(40)
    }))

  it('takes names as they are, and lives without client and times', () =>
    withCatalog(
      {
        Job: [
          ...nightly(5, 12, { Name: `x' OR "1"=1 --`, ClientId: 7 }),
          job(hourMs, { Name: 'Odd', StartTime: null, SchedTime: '0000-00-00 00:00:00' }),
          job(hourMs, { Name: 'Older', JobTDate: null }),
          job(hourMs, { Name: 'Absurd', JobTDate: '9223372036854775807' }),
        ],
      },
      async (catalog) => {
        const { late, total, unknown } = await lateBackups(catalog)
        expect(late.map(({ job: name, client: of }) => [name, of])).toEqual([[`x' OR "1"=1 --`, null]])
        expect([total, unknown]).toEqual([2, 1])
      },
    ))
})

it('unfinishedJobs gives what runs and waits, the newest first, with its status case by case', () =>
  withCatalog(
    {
      Client: [client],
      Job: [
        job(hourMs, { JobId: 9001, JobStatus: 'R', EndTime: null }),
        job(hourMs, { JobId: 9002, JobStatus: 'M', EndTime: null, ClientId: 5 }),
        job(hourMs, { JobId: 9003, JobStatus: 'C', StartTime: 0, Type: 'R', Level: ' ' }),
        job(hourMs, { JobId: 9004, JobStatus: 'E' }),
      ],
    },
    async (catalog) => {
      const jobs = await unfinishedJobs(catalog)
      expect(jobs.map(({ jobId, client: of, what, status }) => [jobId, of, what, status.severity])).toEqual([
        [9003, 'web-fd', 'restore', 'waiting'],
        [9002, null, 'Incremental', 'waiting'],
        [9001, 'web-fd', 'Incremental', 'running'],
      ])
      expect(jobs.map(({ startedAt }) => startedAt)).toEqual([null, now - hourMs - 600_000, now - hourMs - 600_000])
      expect(jobs[1]?.status.needsHands).toBe(true)
    },
  ))

describe('volumeTotals', () => {
  const volume = (MediaId: number, VolStatus: string, other = {}) => ({
    ...{ MediaId, VolumeName: `v${MediaId}`, PoolId: 1, MediaType: 'File', VolStatus, VolBytes: 100 },
    ...{ LastWritten: '2026-11-01 10:00:00', ...other },
  })

  it('counts all, and shows those in error, the latest first', () =>
    withCatalog(
      {
        Pool: [{ PoolId: 1, Name: 'Full', PoolType: 'Backup', LabelFormat: '*' }],
        Media: [
          volume(1, 'Full'),
          volume(2, 'Error'),
          volume(3, 'Error', { LastWritten: '2026-11-03 10:00:00', VolBytes: -5, PoolId: 9 }),
          ...Array.from({ length: 10 }, (_, at) => volume(10 + at, 'Error', { LastWritten: null })),
        ],
      },
      async (catalog) => {
        const { volumes, bytes, inError, errors } = await volumeTotals(catalog)
        expect([volumes, bytes, inError, errors.length]).toEqual([13, 1200, 12, 8])
        expect(errors.slice(0, 2).map(({ name, pool, bytes: size }) => [name, pool, size])).toEqual([
          ['v3', null, null],
          ['v2', 'Full', 100],
        ])
        expect(errors[2]?.lastWritten).toBeNull()
      },
    ))

  it('says so when none is', () =>
    withCatalog({ Media: [volume(1, 'Full')] }, async (catalog) => {
      expect(await volumeTotals(catalog)).toEqual({ volumes: 1, bytes: 100, inError: 0, errors: [] })
    }))
})

describe('catalogSizes', () => {
  it('counts small tables of SQLite and says of the others that they are not known', () =>
    withSample(async (catalog) => {
      const questions: string[] = []
      const { tables, bytes } = await catalogSizes({
        ...catalog,
        ask(question, options) {
          questions.push(question.texts.join('?'))
          return catalog.ask(question, options)
        },
      })
      const of = (name: string) => tables.find(({ table }) => table === name)
      expect([of('Media')?.rows, of('File')?.rows, of('Path')?.rows]).toEqual([140, null, null])
      expect(of('Log')?.bytes).toBeGreaterThan(100_000)
      expect(bytes).toBeGreaterThan(500_000)
      expect(questions.join()).not.toMatch(/FROM (File|Filename|Path)\b/i)
    }))

  it('lives without dbstat', () =>
    withSample(async (catalog) => {
      const { tables, basis } = await catalogSizes({
        ...catalog,
        ask: (question, options) =>
          question.texts.join('').includes('dbstat')
            ? Promise.reject(new Error('no such table: dbstat'))
            : catalog.ask(question, options),
      })
      expect(tables.every(({ bytes }) => bytes === null)).toBe(true)
      expect(basis).toContain('this SQLite does not tell')
    }))
})

describe('growthOf', () => {
  const sample = (day: string, rows: bigint | null, bytes: bigint | null, table = 'File'): SizeSample => ({
    ...{ table, day, rows, bytes },
  })
  const size = { table: 'File', rows: 120, bytes: 5000 }

  it('compares with the oldest kept day, and leaves gaps in the course', () => {
    const samples = [
      sample('2026-11-22', 100n, 4000n),
      sample('2026-11-24', null, 4500n),
      sample('2026-11-23', 1n, 1n, 'Job'),
    ]
    expect(growthOf(size, samples, '2026-11-26')).toEqual({
      ...{ days: 4, rows: 20, bytes: 1000, course: [4000, null, 4500, null, 5000] },
    })
  })

  it('is unknown where one of both is, and null without samples', () => {
    expect(growthOf({ ...size, rows: null }, [sample('2026-11-25', 100n, null)], '2026-11-26')).toMatchObject({
      ...{ rows: null, bytes: null },
    })
    expect(growthOf(size, [sample('2026-11-25', 1n, 1n, 'Path')], '2026-11-26')).toBeNull()
  })
})

describe('readOverview', () => {
  it('asks as often of the sample as of an empty catalog', async () => {
    const onSample = await withSample(async (catalog, asked) => {
      await readOverview(catalog, { span: 90 })
      return asked.count
    })
    const onEmpty = await withCatalog({}, async (catalog, asked) => {
      const { late, volumes, unfinished, outcomes } = await readOverview(catalog, { span: 30 })
      expect([late.total, volumes.volumes, volumes.inError, unfinished]).toEqual([0, 0, 0, []])
      expect(outcomes.backups['30d']).toEqual(none)
      return asked.count
    })
    expect([onSample, onEmpty]).toEqual([7, 7])
  })
})
