import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import { withTestStore } from '@/lib/db/test-store'
import { sshPool } from '@/lib/ssh'
import { askDirector } from './ask-director'
import { parseNames } from './console-names'
import { parseClientJobs, parseRunning } from './parse-status'

const running = hostsForTests()
const directors = running.filter((host) => ['willow', 'aspen'].includes(host.name)).map((host) => host.name)
const test = withTestStore()
let hostId: string

beforeEach(async () => {
  const lab = running.find((host) => host.name === expect.getState().currentTestName?.match(/willow|aspen/)?.[0])
  if (lab) hostId = (await makeLabHost(test.current().db, lab)).id
})
afterEach(async () => {
  await sshPool().close()
})

async function runningNow() {
  const { answers } = await askDirector(hostId, ['.api 2', '.status dir running'])
  return parseRunning(answers[1] ?? '')
}

describe.each(directors)('the director on %s', { timeout: 120_000 }, (name) => {
  it('tells of a job that starts, its figures rise, and it ends when cancelled', async () => {
    const jobs = parseNames((await askDirector(hostId, ['.jobs type=B'])).answers[0] ?? '')
    expect(jobs).toContain('BackupSlow')
    const { answers } = await askDirector(hostId, ['run job="BackupSlow" comment="lab-director" yes'])
    const jobId = Number(/^Job queued\. JobId=(\d+)$/m.exec(answers[0] ?? '')?.[1])
    expect(jobId).toBeGreaterThan(0)
    const seen: number[] = []
    try {
      await expect
        .poll(
          async () => {
            const [, answer] = (await askDirector(hostId, ['.api 2', `.status client="${name}-fd" running`])).answers
            const [job] = parseClientJobs(answer ?? '', new Set([jobId]))
            if (job?.bytes) seen.push(job.bytes)
            return new Set(seen).size
          },
          { timeout: 60_000, interval: 500 },
        )
        .toBeGreaterThan(2)
      expect(seen.toSorted((a, b) => a - b)).toEqual(seen)
      expect((await runningNow()).find((job) => job.jobId === jobId)).toMatchObject({
        name: 'BackupSlow',
        client: `${name}-fd`,
        level: 'F',
        status: 'R',
        comment: 'lab-director',
      })
    } finally {
      await askDirector(hostId, [`cancel jobid=${jobId} yes`])
    }
    await expect
      .poll(async () => (await runningNow()).some((job) => job.jobId === jobId), { timeout: 60_000, interval: 500 })
      .toBe(false)
  })
})
