import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type JobsLeft, type VolumeToJudge, volumeVerdict } from './verdict'

const outcomes = z.record(z.string(), z.string())
const asBaculaDid = z
  .object({
    zones: z.array(z.string()),
    scenarios: z.array(z.string()),
    byVersion: z.object({ 16: outcomes, 1026: outcomes }),
    times: z.object({ rows: z.array(z.tuple([z.string(), z.string(), z.string(), z.boolean()])) }),
  })
  .parse(JSON.parse(readFileSync(new URL('fixtures/prune-by-bacula.json', import.meta.url), 'utf8')))

const dayS = 86_400
const now = Date.parse('2026-11-26T17:00:00Z')
const paris = 'Europe/Paris'
const longAgo = '2025-10-22 18:19:54'

const volume: VolumeToJudge = {
  volStatus: 'Full',
  enabled: 1,
  recycle: true,
  volRetention: 30 * dayS,
  firstWritten: '2025-07-14 18:19:54',
  lastWritten: longAgo,
}

/** The jobs of a scenario, as a query over JobMedia and Job counts them. */
function jobsOf(scenario: string, retention: number): JobsLeft {
  const edge = now / 1000 - retention
  const jobs = scenario.split('-').flatMap((part): { tdate: number; status: string }[] => {
    if (part === 'old') return [{ tdate: edge - 40 * dayS, status: /-([WfAIRCS])$/.exec(scenario)?.[1] ?? 'T' }]
    if (part === 'new') return [{ tdate: edge + 600, status: 'T' }]
    if (part === 'edge') return [{ tdate: edge - 600, status: 'T' }]
    return part === 'tdate0' ? [{ tdate: 0, status: 'T' }] : []
  })
  const ended = jobs.filter(({ status }) => !['R', 'C'].includes(status))
  return {
    ended: ended.length,
    newestTDate: ended.length > 0 ? Math.max(...ended.map(({ tdate }) => tdate)) : null,
    unended: jobs.length - ended.length,
    orphans: scenario.includes('orphan') ? 1 : 0,
  }
}

describe('volumeVerdict and Bacula', () => {
  for (const version of [16, 1026] as const)
    it.each(Object.entries(asBaculaDid.byVersion[version]))(`schema ${version}: %s`, (fields, done) => {
      const [volStatus = '', enabled, recycle, days] = fields.split(' ')
      const judged = {
        ...volume,
        volStatus,
        enabled: Number(enabled),
        recycle: recycle === '1',
        volRetention: Number(days) * dayS,
      }
      for (const zone of asBaculaDid.zones) {
        const ours = asBaculaDid.scenarios.map((scenario) => {
          const jobsLeft = jobsOf(scenario, judged.volRetention)
          return volumeVerdict(judged, { now, zone, jobsLeft, versionId: version }).state === 'prunable' ? 'P' : '.'
        })
        expect(ours.join('')).toBe(done)
      }
    })

  it.each(asBaculaDid.times.rows)('first write %s, last write %s, jobs %s', (first, last, scenario, isPurged) => {
    const stored = {
      written: '2025-07-14 18:19:54',
      'long ago': longAgo,
      'a day ago': '2026-11-25 18:00:00',
      zero: '0000-00-00 00:00:00',
    }
    const time = (name: string) => new Map(Object.entries(stored)).get(name) ?? null
    const judged = { ...volume, firstWritten: time(first), lastWritten: time(last) }
    const jobsLeft = jobsOf(scenario, 30 * dayS)
    const state = volumeVerdict(judged, { now, zone: paris, jobsLeft, versionId: 16 }).state
    expect(state === 'prunable').toBe(isPurged)
  })
})

describe('what versions do differently', () => {
  it.each([
    [16, 'prunable'],
    [2210, 'prunable'],
    [1026, 'never'],
    [1022, 'unknown'],
    [undefined, 'unknown'],
  ] as const)('schema %s, not enabled or without retention: %s', (versionId, state) => {
    const options = { now, zone: paris, jobsLeft: jobsOf('old', 0), versionId }
    expect(volumeVerdict({ ...volume, enabled: 0 }, options).state).toBe(state)
    expect(volumeVerdict({ ...volume, volRetention: 0 }, options).state).toBe(state)
  })

  it('is alike for a volume without jobs and retention', () => {
    const options = { now, zone: paris, jobsLeft: jobsOf('none', 0) }
    expect(volumeVerdict({ ...volume, volRetention: 0 }, options).state).toBe('prunable')
  })
})

// The last write stands in for the jobs' end: the last second in retention, and the first past it, around each switch.
describe('volumeVerdict by the last write', () => {
  it.each([
    ['Europe/Paris', '2026-03-28 23:05:00', 30, '2026-04-27T22:05:01Z'],
    ['Europe/Paris', '2026-03-29 02:30:00', 30, '2026-04-28T01:30:01Z'],
    ['Europe/Paris', '2026-10-25 01:30:00', 1, '2026-10-25T23:30:01Z'],
    ['Europe/Paris', '2026-10-25 02:30:00', 1, '2026-10-26T01:30:01Z'],
    ['America/New_York', '2026-03-08 02:30:00', 7, '2026-03-15T07:30:01Z'],
    ['America/New_York', '2026-11-01 01:30:00', 7, '2026-11-08T06:30:01Z'],
    ['UTC', '2026-03-29 02:30:00', 30, '2026-04-28T02:30:01Z'],
    ['Asia/Kolkata', '2026-03-29 02:30:00', 30, '2026-04-27T21:00:01Z'],
    ['Australia/Lord_Howe', '2026-10-04 02:15:00', 1, '2026-10-04T15:45:01Z'],
    ['Australia/Lord_Howe', '2026-04-05 01:45:00', 1, '2026-04-05T15:15:01Z'],
    ['Australia/Lord_Howe', '2026-07-01 12:00:00', 360, '2027-06-26T01:30:01Z'],
  ])('%s, %s, %i days', (zone, lastWritten, days, at) => {
    const judged = { ...volume, lastWritten, volRetention: days * dayS }
    const before = volumeVerdict(judged, { now: Date.parse(at) - 1, zone })
    expect(before).toMatchObject({ state: 'in-retention', at: new Date(at), expiresIn: 0 })
    expect(volumeVerdict(judged, { now: Date.parse(at), zone })).toMatchObject({ state: 'prunable', at: new Date(at) })
    expect(volumeVerdict(judged, { now: Date.parse(at) - 86_400_000, zone }).expiresIn).toBe(86_400)
    expect(volumeVerdict(judged, { now: Date.parse(at) + 86_400_000, zone }).expiresIn).toBe(-86_400)
  })

  it('says when a clock showed the time twice or never', () => {
    const say = (lastWritten: string) => volumeVerdict({ ...volume, lastWritten }, { now, zone: paris }).because
    expect(say('2026-10-25 02:30:00')).toContain('showed that time twice; the later one is taken')
    expect(say('2026-03-29 02:30:00')).toContain('never showed the stored time')
    expect(say('2026-03-29 03:30:00')).not.toMatch(/twice|never/)
  })

  it('does not know what can not be read', () => {
    expect(volumeVerdict({ ...volume, lastWritten: 'soon' }, { now, zone: paris }).state).toBe('unknown')
    expect(volumeVerdict({ ...volume, volRetention: null }, { now, zone: paris }).state).toBe('unknown')
    expect(volumeVerdict({ ...volume, volStatus: 'Lost' }, { now, zone: paris }).state).toBe('unknown')
  })
})

describe('what a verdict says', () => {
  const options = { now, zone: paris, versionId: 16 }
  const say = (change: Partial<VolumeToJudge>, scenario?: string) => {
    const judged = { ...volume, ...change }
    const jobsLeft = scenario === undefined ? undefined : jobsOf(scenario, judged.volRetention ?? 0)
    return volumeVerdict(judged, { ...options, jobsLeft }).because
  }

  it.each([
    ['old', 'Prunable since 17 Oct 2026 19:01: the job on it ended on 17 Sep 2026 19:00 and its retention is 30 days.'],
    [
      'old-new',
      'Not before 26 Nov 2026 18:11: the last of 2 jobs on it ended on 27 Oct 2026 18:10 and its retention is 30 days.',
    ],
    ['none', 'The catalog knows no job on it any more.'],
    ['old-R', 'Not yet: 1 job on it is running, or was left so by a crash of the director.'],
    [
      'old-orphan',
      'The catalog names 1 job on it that it no longer has, and prune does not see them; dbcheck takes such leftovers out.',
    ],
  ])('of jobs: %s', (scenario, because) => {
    expect(say({}, scenario)).toBe(because)
  })

  it.each([
    [{ volStatus: 'Append' }, /^Jobs may still write on it \(Append\), and Bacula prunes only Full and Used\.$/],
    [{ volStatus: 'Error' }, /^Bacula prunes only Full and Used, and this one is Error\. Writing or reading it failed/],
    [{ volStatus: 'Purged' }, /^There is nothing to prune, it is Purged already\./],
    [{ enabled: 2 }, /^It is archived/],
    [{ recycle: false }, /its space stays taken\.$/],
    [{ enabled: 0 }, /as it is not enabled: its space stays taken\.$/],
    [{ firstWritten: null }, /no time of its first or last write/],
  ])('of the volume: %o', (change, because) => {
    expect(say(change, 'old')).toMatch(because)
  })

  it('gives back only what is recycled and enabled', () => {
    const comesBack = (change: Partial<VolumeToJudge>) => volumeVerdict({ ...volume, ...change }, options).comesBack
    expect(comesBack({})).toBe(true)
    expect(comesBack({ enabled: null })).toBe(true)
    expect([{ recycle: false }, { enabled: 0 }, { enabled: 2 }].some(comesBack)).toBe(false)
  })
})
