import { afterEach, expect, it, vi } from 'vitest'
import { guardTimesAsked } from './guard-times'

afterEach(() => vi.unstubAllEnvs())

it('reads three numbers of seconds, in their order', () => {
  vi.stubEnv('POLLUX_GUARD_TIMES', '30,5,1')
  expect(guardTimesAsked()).toEqual({ slackS: 30, marginS: 5, betweenLoginsS: 1 })
})

it.each(['', '30,5', '30,5,1s', '-1,5,1'])('leaves the usual times for "%s"', (text) => {
  vi.stubEnv('POLLUX_GUARD_TIMES', text)
  expect(guardTimesAsked()).toBeNull()
})
