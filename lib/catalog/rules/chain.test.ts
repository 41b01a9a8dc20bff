import { describe, expect, it } from 'vitest'
import { type ChainJob, chainOf } from './chain'
import { lastGoods } from './last-good'

/** "F T 07 22:10" is a Full that ended well, begun on 7 November at 22:10. */
function job(jobId: number, said: string, change: Partial<ChainJob> = {}): ChainJob {
  const [level = '', jobStatus = '', day, clock = '22:10'] = said.split(' ')
  const startTime = `2026-11-${day} ${clock}:00`
  return {
    jobId,
    name: 'Zebulon-A',
    clientId: 1,
    fileSetId: 1,
    type: 'B',
    level,
    jobStatus,
    startTime,
    jobTDate: Date.parse(`${startTime}Z`) / 1000,
    purgedFiles: false,
    ...change,
  }
}

const month = [
  job(1, 'F T 01'),
  job(2, 'I T 02'),
  job(3, 'I f 03'),
  job(4, 'I W 04'),
  job(5, 'D T 08'),
  job(6, 'I T 09'),
  job(7, 'D A 15'),
  job(8, 'I T 16'),
]

describe('chainOf', () => {
  it.each([
    ['a Full stands alone', 1, [1]],
    ['an Incremental before the Differential, past a failed one', 4, [1, 2, 4]],
    ['a Differential on its Full alone', 5, [1, 5]],
    ['an Incremental on the last good Differential', 6, [1, 5, 6]],
    ['a canceled Differential is passed over', 8, [1, 5, 6, 8]],
  ])('%s', (_, jobId, expected) => {
    const chain = chainOf(byId(month, jobId), month)
    expect(chain.links.map((link) => link.jobId)).toEqual(expected)
    expect(chain.isComplete).toBe(true)
  })

  it('begins at the newest Full before it', () => {
    const jobs = [...month, job(9, 'F T 17'), job(10, 'f W 18'), job(11, 'I T 19')]
    expect(chainOf(byId(jobs, 11), jobs).links.map((link) => link.jobId)).toEqual([10, 11])
  })

  it.each([
    ['another name', { name: 'Zebulon-B' }],
    ['another client', { clientId: 2 }],
    ['another fileset', { fileSetId: 2 }],
    ['a restore', { type: 'R' }],
  ])('takes no link of %s', (_, change) => {
    const jobs = [...month, job(20, 'F T 10', change), job(21, 'I T 12', change)]
    expect(chainOf(byId(jobs, 8), jobs).links.map((link) => link.jobId)).toEqual([1, 5, 6, 8])
  })

  it.each([
    ['the Full is gone', month.slice(1), 6, /^No good Full before it/],
    ['the Full failed', [job(1, 'F E 01'), ...month.slice(1)], 6, /^No good Full before it/],
    ['the job failed', month, 3, /did not end well/],
    ['it is no backup', [...month, job(9, 'V T 17', { type: 'V' })], 9, /^It is no backup/],
    ['it uses base jobs', [...month, job(9, 'B T 17')], 9, /base jobs/],
  ])('is not complete when %s', (_, jobs, jobId, because) => {
    const chain = chainOf(byId(jobs, jobId), jobs)
    expect(chain.isComplete).toBe(false)
    expect(chain.because).toMatch(because)
    expect(chain.links.at(-1)?.jobId).toBe(jobId)
  })

  it('is not complete when a volume of a link can not be read', () => {
    const unusable = new Map([[5, 'Diff-0003 is in error.']])
    expect(chainOf(byId(month, 6), month, unusable)).toMatchObject({
      isComplete: false,
      because: "Job 5 can't be read: Diff-0003 is in error.",
    })
    expect(chainOf(byId(month, 4), month, unusable).isComplete).toBe(true)
  })

  it('doubts where Incrementals are far apart, and where lists of files are pruned', () => {
    const days = ['02', '03', '04', '05', '09', '10']
    const jobs = [job(1, 'F T 01', { purgedFiles: true }), ...days.map((day, place) => job(place + 2, `I T ${day}`))]
    const { isComplete, doubts } = chainOf(byId(jobs, 7), jobs)
    expect(isComplete).toBe(true)
    expect(doubts).toEqual([
      'The list of files of 1 job is pruned: a restore takes such a job as a whole.',
      'Between jobs 5 and 6 lie 4 days, elsewhere 1 day: one between them may be pruned.',
    ])
  })
})

describe('lastGoods', () => {
  it('finds the last of each level, by name, client and fileset', () => {
    const jobs = [
      ...month,
      job(9, 'F E 17'),
      job(10, 'f T 05'),
      job(30, 'F f 02', { clientId: 2 }),
      job(31, 'R T 20', { type: 'R' }),
    ]
    const [one, other, ...more] = lastGoods(jobs)
    expect(more).toEqual([])
    expect([one?.full?.jobId, one?.differential?.jobId, one?.incremental?.jobId, one?.any?.jobId]).toEqual([
      10, 5, 8, 8,
    ])
    expect(other).toMatchObject({ clientId: 2, full: null, differential: null, incremental: null, any: null })
  })

  it('does not mix names that only look alike when joined', () => {
    const jobs = [job(1, 'F T 01', { name: 'a1', clientId: 2 }), job(2, 'F T 02', { name: 'a', clientId: 12 })]
    expect(lastGoods(jobs)).toHaveLength(2)
  })

  it('orders by start, not by id, and the repeated hour by JobTDate', () => {
    const first = job(6, 'I T 25 02:30', { jobTDate: 1000 })
    const second = job(5, 'I T 25 02:30', { jobTDate: 4600 })
    expect(lastGoods([second, first, job(7, 'I T 24')])[0]?.any?.jobId).toBe(5)
  })
})

function byId(jobs: readonly ChainJob[], jobId: number): ChainJob {
  const found = jobs.find((one) => one.jobId === jobId)
  if (!found) throw new Error(`expected job ${jobId}`)
  return found
}
