import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventStream } from './event-stream'

let mayRead: boolean
let unwatched: number
beforeEach(() => {
  vi.useFakeTimers()
  mayRead = true
  unwatched = 0
})
afterEach(() => void vi.useRealTimers())

/** Opens a stream that never ends by itself. */
function open() {
  const ends = new AbortController()
  const response = eventStream(new Request('http://127.0.0.1/', { signal: ends.signal }), {
    next: async () => 'part',
    isLast: () => false,
    watch: () => () => {
      unwatched += 1
    },
    mayRead: async () => mayRead,
  })
  let text = ''
  let isOver = false
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk
    isOver = true
  }
  void read()
  return { ends, text: () => text, isOver: () => isOver }
}

describe('a stream', () => {
  it('checks the session every 30 s, and ends when it is over', async () => {
    const stream = open()
    await vi.advanceTimersByTimeAsync(29_000)
    expect(stream.text()).toBe('data: "part"\n\n')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(stream.text()).toContain(': still here')
    mayRead = false
    await vi.advanceTimersByTimeAsync(30_000)
    expect([stream.isOver(), unwatched]).toEqual([true, 1])
  })
})
