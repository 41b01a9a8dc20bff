import { expect, it } from 'vitest'
import { HostQueue } from './host-queue'

function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

it('works on a host one piece at a time, in order, and on a bounded number of hosts at once', async () => {
  const queue = new HostQueue(2)
  const began: string[] = []
  const gates = new Map(['a1', 'a2', 'b1', 'c1'].map((name) => [name, gate()]))
  const runs = [...gates].map(([name, { passed }]) =>
    queue.run(name.slice(0, 1), async () => {
      began.push(name)
      await passed
      return name
    }),
  )
  await expect.poll(() => began).toEqual(['a1', 'b1'])
  expect(queue.stats()).toMatchObject({ running: 2, waiting: 2 })
  expect(queue.stats().oldestWaitS).toBeGreaterThan(0)
  gates.get('b1')?.open()
  await expect.poll(() => began).toEqual(['a1', 'b1', 'c1'])
  gates.get('a1')?.open()
  await expect.poll(() => began).toEqual(['a1', 'b1', 'c1', 'a2'])
  for (const { open } of gates.values()) open()
  expect(await Promise.all(runs)).toEqual(['a1', 'a2', 'b1', 'c1'])
  expect(queue.isBusy('a')).toBe(false)
  expect(queue.stats()).toEqual({ running: 0, waiting: 0, oldestWaitS: 0 })
})

it('goes on after a failure, which reaches the one who asked', async () => {
  const queue = new HostQueue()
  await expect(queue.run('a', () => Promise.reject(new Error('no route')))).rejects.toThrow('no route')
  expect(await queue.run('a', async () => 'fine')).toBe('fine')
})

it('puts the urgent first, and takes off what is cancelled', async () => {
  const queue = new HostQueue()
  const { open, passed } = gate()
  const order: string[] = []
  const cancel = new AbortController()
  const first = queue.run('a', () => passed)
  const cancelled = queue.run('a', async () => void order.push('cancelled'), { signal: cancel.signal })
  const slow = queue.run('a', async () => void order.push('schedule'))
  const click = queue.run('a', async () => void order.push('click'), { priority: 10 })
  expect(queue.stats().waiting).toBe(3)
  cancel.abort(new Error('no longer wanted'))
  await expect(cancelled).rejects.toThrow('no longer wanted')
  expect(queue.stats().waiting).toBe(2)
  open()
  await Promise.all([first, slow, click])
  expect(order).toEqual(['click', 'schedule'])
})

it('stops when what runs has ended, and rejects what waits', async () => {
  const queue = new HostQueue(1)
  let ended = false
  const runs = queue.run('a', async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    ended = true
  })
  const waitsForHost = queue.run('a', async () => 'began')
  const waitsForSlot = queue.run('b', async () => 'began')
  const waiting = Promise.allSettled([waitsForHost, waitsForSlot])
  await queue.stop()
  await runs
  expect(ended).toBe(true)
  expect((await waiting).map((result) => result.status)).toEqual(['rejected', 'rejected'])
})
