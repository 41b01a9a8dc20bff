import { beforeEach, describe, expect, it } from 'vitest'
import { hostsForTests } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { startScratchDirector } from '../testing/scratch-director'
import { wallText } from './local-time'
import { volumeVerdict } from './verdict'

// What `prune volume=… yes` of a real director does to each volume of a scratch catalog, and what Pollux said before it.

const running = hostsForTests().map(({ name }) => name)
const day = 86_400
/** Seconds since 1970, as each test begins: jobs lie ten minutes beside the edge, and a whole table takes minutes. */
let now = 0
beforeEach(() => {
  now = Math.floor(Date.now() / 1000)
})

interface Case {
  volStatus: string
  enabled: number
  recycle: boolean
  retention: number
  jobs: readonly ({ tdate: number; status: string } | 'orphan')[]
  first: number | null
  last: number | null
}

const statuses = ['Full', 'Used', 'Append', 'Error', 'Archive', 'Read-Only', 'Disabled', 'Busy', 'Cleaning']

/** Jobs by what they are to a retention: long past its edge, ten minutes past it, ten minutes before it. */
const jobsOf: readonly ((edge: number) => Case['jobs'])[] = [
  () => [],
  (edge) => [{ tdate: edge - 40 * day, status: 'T' }],
  (edge) => [{ tdate: edge + 600, status: 'T' }],
  (edge) => [{ tdate: edge - 600, status: 'T' }],
  (edge) => [
    { tdate: edge - 40 * day, status: 'T' },
    { tdate: edge + 600, status: 'T' },
  ],
  ...['W', 'f', 'A', 'I', 'R', 'C', 'S'].map((status) => (edge: number) => [{ tdate: edge - 40 * day, status }]),
  () => ['orphan'],
  (edge) => [{ tdate: edge - 40 * day, status: 'T' }, 'orphan'],
  () => [{ tdate: 0, status: 'T' }],
]

function allCases(): Case[] {
  const times = { first: now - 500 * day, last: now - 400 * day }
  const mixed = statuses.flatMap((volStatus) =>
    [1, 0, 2].flatMap((enabled) =>
      [true, false].flatMap((recycle) =>
        [30 * day, 360 * day, 0].flatMap((retention) =>
          jobsOf.map((of) => ({ volStatus, enabled, recycle, retention, jobs: of(now - retention), ...times })),
        ),
      ),
    ),
  )
  const untimed = [null, now - 500 * day].flatMap((first) =>
    [null, now - 400 * day, now - day].flatMap((last) =>
      jobsOf.slice(0, 3).map((of) => {
        const retention = 30 * day
        return { volStatus: 'Full', enabled: 1, recycle: true, retention, jobs: of(now - retention), first, last }
      }),
    ),
  )
  return [...untimed, ...mixed]
}

/** All of them, or every eleventh with all that stand for a rule of their own: eleven shares no factor with the mix. */
function casesOf(): Case[] {
  const all = allCases()
  return isLong ? all : all.filter((_, at) => at < 18 + 45 || at % 11 === 0)
}

const zones = isLong
  ? ['UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']
  : ['Australia/Lord_Howe']

describe.each(['willow', 'poplar', 'aspen'].filter((name) => running.includes(name)))('a director on %s', (name) => {
  it.each(zones)('prunes what is said to be prunable, and nothing else, in %s', { timeout: 900_000 }, async (zone) => {
    const director = await startScratchDirector(name, zone)
    try {
      const [[version = '']] = (await director.ask('SELECT VersionId FROM Version')) as [string[]]
      const cases = casesOf()
      await director.fill(insertsOf(cases, zone, await poolIdOf(director)))
      const said = cases.map((one) => verdictOf(one, zone, Number(version)))
      await director.tell(
        cases.map((_, at) => `prune volume=v${at} yes`),
        600,
      )
      const after = new Map(
        (await director.ask('SELECT VolumeName, VolStatus FROM Media')).map(([volume = '', status = '']) => [
          volume,
          status,
        ]),
      )
      const wrong = cases.flatMap((one, at) => {
        const isPurged = after.get(`v${at}`) === 'Purged'
        return isPurged === (said[at] === 'prunable') ? [] : [{ ...one, said: said[at], isPurged }]
      })
      expect(after.size).toBe(cases.length)
      expect(said.filter((state) => state === 'unknown')).toEqual([])
      expect(said.filter((state) => state === 'prunable').length).toBeGreaterThan(10)
      expect(wrong).toEqual([])
    } finally {
      await director.stop()
    }
  })
})

function verdictOf(one: Case, zone: string, versionId: number) {
  const jobs = one.jobs.filter((job) => job !== 'orphan')
  const ended = jobs.filter(({ status }) => status !== 'R' && status !== 'C')
  const jobsLeft = {
    ended: ended.length,
    newestTDate: ended.length === 0 ? null : Math.max(...ended.map(({ tdate }) => tdate)),
    unended: jobs.length - ended.length,
    orphans: one.jobs.length - jobs.length,
  }
  const wall = (at: number | null) => (at === null ? null : wallText(at * 1000, zone))
  return volumeVerdict(
    {
      volStatus: one.volStatus,
      enabled: one.enabled,
      recycle: one.recycle,
      volRetention: one.retention,
      firstWritten: wall(one.first),
      lastWritten: wall(one.last),
    },
    { now: now * 1000, zone, jobsLeft, versionId },
  ).state
}

async function poolIdOf(director: { ask(sql: string): Promise<string[][]> }): Promise<number> {
  return Number((await director.ask("SELECT PoolId FROM Pool WHERE Name = 'Default'"))[0]?.[0])
}

function insertsOf(cases: readonly Case[], zone: string, poolId: number): string {
  const time = (at: number | null) => (at === null ? 'NULL' : `'${wallText(at * 1000, zone)}'`)
  let jobId = 0
  const lines = cases.flatMap((one, at) => {
    const media = `INSERT INTO Media (MediaId, VolumeName, PoolId, MediaType, FirstWritten, LastWritten, VolStatus, Enabled,
      Recycle, VolRetention, VolBytes, VolJobs) VALUES (${at + 1}, 'v${at}', ${poolId}, 'File', ${time(one.first)},
      ${time(one.last)}, '${one.volStatus}', ${one.enabled}, ${one.recycle ? 1 : 0}, ${one.retention}, 1000, ${one.jobs.length});`
    const jobs = one.jobs.flatMap((job) => {
      if (job === 'orphan')
        return [`INSERT INTO JobMedia (JobId, MediaId, FirstIndex, LastIndex) VALUES (9999999, ${at + 1}, 1, 1);`]
      jobId += 1
      const when = time(job.tdate === 0 ? now - 600 * day : job.tdate)
      return [
        `INSERT INTO Job (JobId, Job, Name, Type, Level, ClientId, JobStatus, SchedTime, StartTime, EndTime, JobTDate, PoolId)
        VALUES (${jobId}, 'J1.${jobId}', 'J1', 'B', 'F', 1, '${job.status}', ${when}, ${when}, ${when}, ${job.tdate}, ${poolId});`,
        `INSERT INTO JobMedia (JobId, MediaId, FirstIndex, LastIndex) VALUES (${jobId}, ${at + 1}, 1, 1);`,
      ]
    })
    return [media, ...jobs]
  })
  return ['BEGIN;', ...lines, 'COMMIT;'].join('\n')
}
