import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failureOf } from '@/lib/ssh/testing/failure-of'
import type { Connection } from './connection'
import { createKeptConnections } from './kept-connections'
import type { SqlPlace } from './types'

const place: SqlPlace = { way: 'file', dialect: 'sqlite', path: '/a' }

/** Connections that only tell whether they are open. */
function countingConnections() {
  const made: (Connection & { isOpen: boolean; isDead: boolean })[] = []
  const kept = createKeptConnections(async () => {
    const connection = {
      server: '3',
      isOpen: true,
      isDead: false,
      isUsable: () => !connection.isDead,
      ask: async () => [],
      close: async () => {
        connection.isOpen = false
      },
    }
    made.push(connection)
    return connection
  })
  return { kept, made, open: () => made.filter(({ isOpen }) => isOpen).length }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('kept connections', () => {
  it('are used again, one by each piece of work, for about a minute', async () => {
    const { kept, made, open } = countingConnections()
    const [one, two] = [await kept.acquire(place), await kept.acquire(place)]
    expect(one.connection).not.toBe(two.connection)
    one.release()
    two.release()
    const again = await kept.acquire(place)
    expect([again.wasKept, made.length]).toEqual([true, 2])
    again.release()
    vi.advanceTimersByTime(6000)
    expect(open()).toBe(1)
    vi.advanceTimersByTime(60_000)
    expect(open()).toBe(0)
  })

  it('are three at most; who comes then waits, in order, or gives up', async () => {
    const { kept, made } = countingConnections()
    const slots = [await kept.acquire(place), await kept.acquire(place), await kept.acquire(place)]
    const cancel = new AbortController()
    const order: string[] = []
    const given = failureOf(kept.acquire(place, cancel.signal))
    const come = async (name: string) => {
      const slot = await kept.acquire(place)
      order.push(name)
      return slot
    }
    const [first, second] = [come('first'), come('second')]
    cancel.abort()
    expect((await given).code).toBe('conflict')
    for (const slot of slots.slice(0, 2)) slot.release()
    ;(await first).release()
    await second
    expect([order, made.length]).toEqual([['first', 'second'], 3])
    expect((await kept.acquire({ ...place, path: '/b' })).wasKept).toBe(false)
  })

  it('are thrown away when they are broken, in use or idle', async () => {
    const { kept, made, open } = countingConnections()
    const slot = await kept.acquire(place)
    for (const connection of made) connection.isDead = true
    slot.release()
    expect(open()).toBe(0)
    const other = await kept.acquire(place)
    other.release()
    for (const connection of made) connection.isDead = true
    expect((await kept.acquire(place)).wasKept).toBe(false)
    expect(open()).toBe(1)
  })

  it('gives its place to the next when connecting fails, and ends all at the end', async () => {
    let fails = true
    const { kept: good, open } = countingConnections()
    const kept = createKeptConnections(async () => {
      if (fails) throw new Error('no')
      return (await good.acquire(place)).connection
    })
    for (let i = 0; i < 5; i++) await expect(kept.acquire(place)).rejects.toThrow('no')
    fails = false
    const slot = await kept.acquire(place)
    ;(await kept.acquire(place)).release()
    expect(open()).toBe(2)
    await kept.close()
    expect(open()).toBe(0)
    slot.release()
    expect((await kept.acquire(place)).wasKept).toBe(false)
  })
})
