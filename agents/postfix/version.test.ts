import { describe, expect, it } from 'vitest'
import { isAtLeast, supportOf } from './version'

describe('a version', () => {
  it.each<[string | null, string, boolean]>([
    ['3.7.11', '3.7', true],
    ['3.7', '3.7', true],
    ['3.7', '3.7.1', false],
    ['3.10.13', '3.7', true],
    ['3.10.13', '3.9', true],
    ['3.6.4', '3.7', false],
    ['2.11.3', '2.9', true],
    ['2.9.6', '2.11', false],
    ['2.3.8', '2.5', false],
    ['4.0', '3.7', true],
    ['3.11-20260101', '3.11', true],
    ['3.11-20260101', '3.12', false],
    ['', '2.3', false],
    ['snapshot', '2.3', false],
    [null, '0', false],
  ])('%j is at least %s: %s', (have, want, is) => expect(isAtLeast(have, want)).toBe(is))
})

describe('the support of a version', () => {
  it.each([
    ['3.5.25', 'live-tested'],
    ['3.7.11', 'live-tested'],
    ['3.10.13', 'live-tested'],
    ['3.1.0', 'published files only'],
    ['3.6.4', 'published files only'],
    ['2.3.8', 'published files only'],
    ['2.2.10', 'unproved'],
    ['3.11.0', 'unproved'],
    ['4.0', 'unproved'],
    ['', 'unproved'],
  ])('of %j is %s', (version, mark) => expect(supportOf(version)).toBe(mark))
})
