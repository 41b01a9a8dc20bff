import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@/lib/errors'
import type { ConsoleAnswers } from '../split-answers'
import { directorPoller } from './director-poller'

const running = (client: string, jobId = 7) =>
  `running:\n\njobid=${jobId}\nlevel=F\ntype=B\nstatus=R\nstatus_desc=is running\njobbytes=10\njobfiles=1\njob=A.2026-11-26_18.22.53_30\nname=A\nclientname=${client}\n\n`
const client = (bytes: number, jobId = 7) =>
  `running:\n\nJobId=${jobId}\nJobFiles=2\nJobBytes=${bytes}\nBytes/sec=5\nProcessing file=/a\n\nDirectorConnected=x\n`

const said = (...answers: string[]): ConsoleAnswers => ({
  director: 'a-dir',
  version: '9.6.7',
  answers: ['', ...answers],
})

let asked: string[][]
let director: (line: string) => Promise<ConsoleAnswers>

function makePoller() {
  return directorPoller({
    director: (lines) => {
      asked.push([...lines])
      return director(lines[1] ?? '')
    },
    lastSame: async () => new Map([['F A', { jobId: 1, files: 4, bytes: 100, seconds: 50 }]]),
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
})
afterEach(() => vi.useRealTimers())

const clientAsks = () => asked.filter((lines) => lines[1]?.startsWith('.status client'))

describe('the poller of a director', () => {
  it('asks for all who watch at once, and nobody once the last one left', async () => {
    director = async (line) => (line.includes('client') ? said(client(40)) : said(running('a-fd'), '', ''))
    const poller = makePoller()
    const [one, other] = [poller.watch(() => {}), poller.watch(() => {})]
    await vi.advanceTimersByTimeAsync(100)
    expect(asked.filter((lines) => lines[1] === '.status dir running')).toHaveLength(1)
    one()
    await vi.advanceTimersByTimeAsync(9000)
    expect(asked.length).toBeGreaterThan(4)
    other()
    const before = asked.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(before)
    expect(poller.watching()).toBe(0)
  })

  it('takes the client’s figures, the rate between two looks, and the last same job', async () => {
    let bytes = 0
    director = async (line) => {
      if (!line.includes('client')) return said(running('a-fd'), '', '')
      bytes += 300
      return said(client(bytes))
    }
    const poller = makePoller()
    poller.watch(() => {})
    await vi.advanceTimersByTimeAsync(100)
    expect(poller.part().state?.jobs[0]).toMatchObject({ bytes: 300, figuresFrom: 'client', rate: 5, file: '/a' })
    await vi.advanceTimersByTimeAsync(3000)
    expect(poller.part().state?.jobs[0]).toMatchObject({ bytes: 600, last: { bytes: 100 } })
    expect(poller.part().state?.jobs[0]?.rate).toBeCloseTo(100, -1)
  })

  it('compares with the last same job anew once one of them ended', async () => {
    let lookups = 0
    let jobId = 7
    director = async (line) => (line.includes('client') ? said('') : said(running('a-fd', jobId), '', ''))
    const poller = directorPoller({
      director: (lines) => director(lines[1] ?? ''),
      lastSame: async () => {
        lookups += 1
        return new Map()
      },
    })
    poller.watch(() => {})
    await vi.advanceTimersByTimeAsync(7000)
    expect(lookups).toBe(1)
    jobId = 8
    await vi.advanceTimersByTimeAsync(3000)
    expect(lookups).toBe(2)
  })

  it('waits for no client that hangs, and asks it no second time meanwhile', async () => {
    director = (line) =>
      line.includes('client') ? new Promise(() => {}) : Promise.resolve(said(running('dead-fd'), '', ''))
    const poller = makePoller()
    poller.watch(() => {})
    await vi.advanceTimersByTimeAsync(10_000)
    expect(clientAsks()).toHaveLength(1)
    expect(poller.part().state?.jobs[0]).toMatchObject({ bytes: 10, figuresFrom: 'director' })
  })

  it('says which client does not answer', async () => {
    director = (line) =>
      line.includes('client')
        ? Promise.resolve(said('Failed to connect to Client dead-fd.\n'))
        : Promise.resolve(said(running('dead-fd'), '', ''))
    const poller = makePoller()
    poller.watch(() => {})
    await vi.advanceTimersByTimeAsync(100)
    expect(poller.part().state?.silent).toEqual(['dead-fd'])
  })

  it('puts no client’s name into a line that could end it', async () => {
    director = async () => said(running('a"\u202e; x'), '', '')
    makePoller().watch(() => {})
    await vi.advanceTimersByTimeAsync(7000)
    expect(clientAsks()).toEqual([])
  })

  it('says why the director did not tell, and keeps what it told before', async () => {
    director = async () => said(running('a"fd'), '', '')
    const poller = makePoller()
    poller.watch(() => {})
    await vi.advanceTimersByTimeAsync(100)
    director = () => Promise.reject(new AppError('unreachable', 'x', { userMessage: 'It is gone.' }))
    await vi.advanceTimersByTimeAsync(3500)
    expect(poller.part()).toMatchObject({ trouble: 'It is gone.', state: { jobs: [{ jobId: 7 }] } })
  })
})
