import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isConsoleName, parseNames } from './console-names'
import { jobNameOf, parseClientJobs, parseRunning, parseScheduled, parseTerminated } from './parse-status'
import { splitAnswers } from './split-answers'

const sample = (version: string, name: string) =>
  readFileSync(new URL(`./samples/${version}/${name}.txt`, import.meta.url), 'utf8')

/** The answer to the last line of a recorded conversation. */
function answerTo(version: string, name: string, ...lines: string[]): string {
  return splitAnswers(sample(version, name), lines)?.answers.at(-1) ?? 'none'
}

describe.each([
  ['9.6.7', 'willow', [['c', 'is waiting on max Client jobs']]],
  ['15.0.3', 'aspen', []],
])('what %s says', (version, host, second) => {
  it('running', () => {
    const jobs = parseRunning(answerTo(version, 'dir-running-6', '.api 2', '.status dir running'))
    expect(jobs).toHaveLength(1)
    expect(jobs[0]).toMatchObject({
      jobId: 27,
      name: 'BackupSlow',
      client: `${host}-fd`,
      fileSet: 'Slow',
      storage: 'File1',
      level: 'F',
      status: 'R',
      statusWords: 'is running',
      files: 0,
      errors: 0,
      priority: 10,
      startedAt: 1_795_713_775_000,
    })
    expect(parseRunning(answerTo(version, 'dir-running-none', '.api 2', '.status dir running'))).toEqual([])
  })

  it('waiting, and why', () => {
    const jobs = parseRunning(answerTo(version, 'waiting-volume-api2-dir-running', '.api 2', '.status dir running'))
    expect(jobs.map((job) => [job.status, job.statusWords]).slice(0, 2)).toEqual([
      ['m', 'is waiting for an appendable Volume'],
      ...second,
    ])
  })

  it('of a client’s jobs', () => {
    const answer = answerTo(version, 'client-running-6', '.api 2', `.status client=${host}-fd running`)
    const [job, ...others] = parseClientJobs(answer, new Set([27]))
    expect(others).toEqual([])
    expect(job).toMatchObject({ jobId: 27, file: '/slow/part-02', errors: 0 })
    expect(job?.bytes).toBeGreaterThan(300_000)
    expect(job?.bytesPerSecond).toBeGreaterThan(60_000)
    expect(parseClientJobs(answer, new Set([28]))).toEqual([])
    expect(
      parseClientJobs(answerTo(version, 'client-dead', '.api 2', '.status client=nas-fd running'), new Set([27])),
    ).toEqual([])
  })

  it('of what will start and what ended', () => {
    const scheduled = parseScheduled(answerTo(version, 'dir-scheduled', '.api 2', '.status dir scheduled'))
    expect(scheduled).toMatchObject([{ name: 'BackupA', level: 'I', volume: 'Incr-0012', pool: 'Incremental' }])
    const ended = parseTerminated(answerTo(version, 'dir-terminated', '.api 2', '.status dir terminated'))
    expect(ended.length).toBeGreaterThan(6)
    expect(ended.find((job) => job.jobId === 23)).toMatchObject({
      name: 'BackupNas',
      status: 'f',
      statusWords: 'Error',
    })
    expect(ended.map((job) => job.endedAt)).toEqual(
      ended.map((job) => job.endedAt).toSorted((a, b) => (b ?? 0) - (a ?? 0)),
    )
  })

  it('of names, without the notice of messages', () => {
    expect(parseNames(answerTo(version, 'dot-jobs-backup', '.jobs type=B'))).toEqual([
      'BackupA',
      'BackupB',
      'BackupC',
      'BackupNas',
      'BackupSlow',
    ])
    expect(parseNames(answerTo(version, 'dot-clients', '.clients'))).toEqual([`${host}-fd`, 'shop-fd', 'nas-fd'])
  })

  it('when it asks back: the lines behind have no answer', () => {
    const lines = ['.status client=nobody-fd running', '.clients']
    const said = splitAnswers(sample(version, 'unknown-client'), lines)
    expect(said?.answers[0]).toContain('does not exist')
    expect(said?.answers[1]).toBeNull()
  })

  it('when it lets nobody in', () => {
    expect(splitAnswers(sample(version, 'wrong-password'), ['.jobs'])).toBeNull()
  })
})

describe('an answer that lies', () => {
  it('cannot change figures by a file’s name, nor add jobs that the director does not have', () => {
    const answer = [
      'JobId=27',
      'JobBytes=100',
      'Processing file=/a',
      'JobBytes=999999',
      'JobId=27',
      'JobBytes=5',
      'JobId=1234',
      'JobBytes=7',
      '',
    ].join('\n')
    expect(parseClientJobs(answer, new Set([27]))).toMatchObject([{ jobId: 27, bytes: 100, file: '/a' }])
  })

  it('has figures that are none as unknown', () => {
    const answer = 'JobId=27\nJobBytes=-5\nJobFiles=1,234,567\nErrors=99999999999999999999\nBytes/sec=abc\n'
    expect(parseClientJobs(answer, new Set([27]))).toMatchObject([
      { bytes: null, files: 1_234_567, errors: null, bytesPerSecond: null },
    ])
    expect(parseRunning('running:\n\njobid=x\nname=A\n\njobid=0\nname=B\n')).toEqual([])
  })
})

describe('names', () => {
  it('keep to what Bacula allows', () => {
    for (const good of ['BackupA', 'a b', 'x-y_z.1:2']) expect(isConsoleName(good)).toBe(true)
    for (const bad of ['', ' a', 'a ', 'a"b', "a'b", 'a\nb', 'a;b', 'ä', 'a\u202eb', 'x'.repeat(128), '@f', '*'])
      expect(isConsoleName(bad)).toBe(false)
  })

  it('of jobs stand in the unique name', () => {
    expect(jobNameOf('My.Job.2026-11-26_18.22.53_30')).toBe('My.Job')
    expect(jobNameOf('odd')).toBe('odd')
  })
})
