import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetSingles } from '@/lib/config/single'
import { jobStates, registerJob, runJobNow, startJobs, stopJobs } from './jobs'

const everySecond = '* * * * * *'
const never = '0 0 31 2 *'

beforeEach(forgetSingles)
afterEach(stopJobs)

it('runs a job at its times, once it is started', async () => {
  let runs = 0
  registerJob({
    name: 'count',
    schedule: everySecond,
    run: async () => {
      runs += 1
    },
  })
  expect(jobStates()).toMatchObject({ isStarted: false, jobs: [{ name: 'count', nextAt: null }] })
  startJobs()
  await expect.poll(() => runs, { timeout: 5000 }).toBeGreaterThan(1)
  await stopJobs()
  expect(jobStates().isStarted).toBe(false)
})

it('logs a failure under an id, and forgets it after a good run', async () => {
  let isBroken = true
  registerJob({
    name: 'sometimes',
    schedule: never,
    run: async () => {
      if (isBroken) throw new Error('disk full')
    },
  })
  await runJobNow('sometimes')
  expect(jobStates().jobs[0]?.lastFailure).toMatch(/^[a-z2-9]{4}-/)
  isBroken = false
  await runJobNow('sometimes')
  expect(jobStates().jobs[0]?.lastFailure).toBeNull()
})

it('joins the run that is under way, and ends it on stop', async () => {
  let begun = 0
  registerJob({
    name: 'long',
    schedule: never,
    run: (_ctx, signal) => {
      begun += 1
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  })
  startJobs()
  const runs = [runJobNow('long'), runJobNow('long')]
  await stopJobs()
  await Promise.all(runs)
  expect(begun).toBe(1)
  expect(jobStates().jobs[0]).toMatchObject({ isRunning: false, lastFailure: null })
})
