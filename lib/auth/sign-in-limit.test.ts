import { beforeEach, expect, it } from 'vitest'
import { findSingle, forgetSingles } from '@/lib/config/single'
import {
  checkPlaceLimit,
  checkSignInLimit,
  countFailedSignIn,
  countFailureFrom,
  forgetFailedSignIns,
  forgiveTryFrom,
} from './sign-in-limit'

beforeEach(forgetSingles)

const minute = 60_000

function fail(times: number, at = 0): void {
  for (let i = 0; i < times; i += 1) countFailedSignIn('Ada@example.org', at)
}

it('locks an account after eight failures, however its address is written, and says for how long', () => {
  fail(7)
  expect(() => checkSignInLimit('ada@example.org', minute)).not.toThrow()
  fail(1, minute)
  expect(() => checkSignInLimit(' ADA@example.org', 2 * minute)).toThrow(
    expect.objectContaining({ code: 'locked', userMessage: expect.stringContaining('in 13 min') }),
  )
})

it('opens again a quarter of an hour after the first of them', () => {
  fail(8)
  expect(() => checkSignInLimit('ada@example.org', 15 * minute - 1)).toThrow()
  expect(() => checkSignInLimit('ada@example.org', 15 * minute)).not.toThrow()
})

it('holds for one account only, and ends with a good sign-in', () => {
  fail(8)
  expect(() => checkSignInLimit('bob@example.org', 0)).not.toThrow()
  forgetFailedSignIns('ada@example.org')
  expect(() => checkSignInLimit('ada@example.org', 0)).not.toThrow()
})

it('locks nobody out for years when the clock was ahead and is set back', () => {
  for (let i = 0; i < 8; i += 1) countFailedSignIn('ada@example.org', 1e13)
  expect(() => checkSignInLimit('ada@example.org', 1e13)).toThrow()
  expect(() => checkSignInLimit('ada@example.org', minute)).not.toThrow()
})

it('does not grow without end when every try names another address', () => {
  for (let i = 0; i < 12_000; i += 1) countFailedSignIn(`${i}@example.org`, i)
  expect(findSingle<Map<string, unknown>>('sign-in-failures')?.size).toBe(10_000)
})

it('locks a machine that tries many accounts, and counts no try that was right', () => {
  for (let i = 0; i < 59; i += 1) countFailureFrom('203.0.113.9', 0)
  countFailureFrom('203.0.113.9', 0)
  forgiveTryFrom('203.0.113.9', 0)
  expect(() => checkPlaceLimit('203.0.113.9', minute)).not.toThrow()
  countFailureFrom('203.0.113.9', minute)
  expect(() => checkPlaceLimit('203.0.113.9', minute)).toThrow(
    expect.objectContaining({ code: 'locked', userMessage: expect.stringContaining('from this machine') }),
  )
  expect(() => checkPlaceLimit('203.0.113.10', minute)).not.toThrow()
  expect(() => checkPlaceLimit('203.0.113.9', 15 * minute)).not.toThrow()
})
