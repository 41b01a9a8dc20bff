import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makePoller } from './poller'

let looks: number
let look: (tell: (part: string) => void, signal: AbortSignal) => Promise<void>

beforeEach(() => {
  vi.useFakeTimers()
  looks = 0
  look = async (tell) => tell(`look ${looks}`)
})
afterEach(() => vi.useRealTimers())

const poller = () =>
  makePoller({
    first: 'nothing',
    pauseMs: () => 10_000,
    look: (tell, signal) => {
      looks += 1
      return look(tell, signal)
    },
    failed: (part, error) => `${part}, ${String(error)}`,
  })

describe('a poller', () => {
  it('looks for all who watch at once, and never once the last one left', async () => {
    const one = poller()
    expect([one.part(), looks]).toEqual(['nothing', 0])
    const seen = vi.fn()
    const [leave, leaveToo] = [one.watch(seen), one.watch(seen)]
    await vi.advanceTimersByTimeAsync(25_000)
    expect([looks, one.part(), one.watching()]).toEqual([3, 'look 3', 2])
    expect(seen).toHaveBeenCalledTimes(6)
    leave()
    leave()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(looks).toBe(4)
    leaveToo()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([looks, one.part(), one.watching()]).toEqual([4, 'look 4', 0])
  })

  it('pauses behind a look that takes long, and begins the next at once when asked', async () => {
    let end = () => {}
    look = (tell) =>
      new Promise((resolve) => {
        end = () => {
          tell('late')
          resolve()
        }
      })
    const one = poller()
    one.watch(() => {})
    await vi.advanceTimersByTimeAsync(30_000)
    one.again()
    await vi.advanceTimersByTimeAsync(1)
    expect([looks, one.part()]).toEqual([1, 'nothing'])
    end()
    await vi.advanceTimersByTimeAsync(1)
    expect([looks, one.part()]).toEqual([1, 'late'])
    one.again()
    await vi.advanceTimersByTimeAsync(1)
    expect(looks).toBe(2)
  })

  it('says what a look threw, and looks again', async () => {
    look = async () => Promise.reject(new Error('no'))
    const one = poller()
    one.watch(() => {})
    await vi.advanceTimersByTimeAsync(10_001)
    expect([looks, one.part()]).toEqual([2, 'nothing, Error: no, Error: no'])
  })

  it('takes no word of a look that it gave up', async () => {
    let late = (_part: string) => {}
    look = async (tell) => {
      late = tell
    }
    const one = poller()
    const leave = one.watch(() => {})
    await vi.advanceTimersByTimeAsync(1)
    leave()
    late('too late')
    expect(one.part()).toBe('nothing')
    one.again()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(looks).toBe(1)
  })
})
