import { describe, expect, it } from 'vitest'
import { canStop } from './stop-change'

describe('a change that runs can be stopped', () => {
  const committedAt = new Date()
  it.each([
    ['until all hosts have proved it', { committedAt: null, hosts: [{ state: 'running' }] }, true],
    ['no more, once it stands', { committedAt, hosts: [{ state: 'running' }, { state: 'ended' }] }, false],
    [
      'as long as others wait for the first',
      { committedAt, hosts: [{ state: 'running' }, { state: 'waiting' }] },
      true,
    ],
  ])('%s', (_, change, expected) => {
    expect(canStop(change)).toBe(expected)
  })
})
