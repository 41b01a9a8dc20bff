import { describe, expect, it } from 'vitest'
import { expectedFarText, meets } from './expect'

const seen = (value: string) => ({ learned: { it: value }, why: '' })

describe('meets', () => {
  it.each([
    ['yes', { equals: 'sent' }, 'sent'],
    ['no', { equals: 'sent' }, 'deferred: later'],
    ['yes', { equals: '2001:db8:0::1' }, '2001:db8::1'],
    ['yes', { equals: 'Mail.Example.org' }, 'mail.example.org'],
    ['yes', { includes: '10.0.0.1' }, '10.0.0.2, 10.0.0.1'],
    ['no', { includes: '10.0.0.1' }, '10.0.0.12'],
    ['no', { includes: '0.0.0.1' }, '10.0.0.1'],
    ['no', { includes: '2001:db8::1' }, '2001:db8::1:2'],
    ['no', { includes: 'example.net' }, 'mx.example.net'],
    ['yes', { includes: 'mx.example.net' }, 'mx.example.net (an alias of x.example.net)'],
    ['yes', { includes: '[10.0.0.1]' }, 'mx[10.0.0.1]:25'],
    ['yes', { includes: 'bounced:' }, 'bounced: host said no'],
    ['yes', { excludes: '10.0.0.1' }, '10.0.0.12'],
    ['no', { excludes: '10.0.0.1' }, 'from 10.0.0.1.'],
    ['yes', { oneOf: ['pass', 'none'] }, 'none'],
    ['no', { oneOf: ['pass', 'none'] }, 'softfail'],
  ] as const)('%s: %o of %s', (verdict, expected, value) => {
    expect(meets({ name: 'it', ...expected }, seen(value))).toEqual({ verdict, seen: value })
  })

  it('does not know what was not learned, whatever was expected', () => {
    const nothing = { learned: { other: 'x' }, why: 'Nobody answered.' }
    for (const expected of [{ equals: 'x' }, { includes: 'x' }, { excludes: 'x' }, { oneOf: ['x'] }])
      expect(meets({ name: 'it', ...expected }, nothing)).toEqual({ verdict: 'unknown', seen: 'Nobody answered.' })
  })
})

describe('expectedFarText', () => {
  it('says what was expected', () => {
    expect(expectedFarText({ name: 'it', equals: 'sent' })).toBe('sent')
    expect(expectedFarText({ name: 'it', excludes: ' 10.0.0.1' })).toBe('not 10.0.0.1')
    expect(expectedFarText({ name: 'it', oneOf: ['pass', 'none'] })).toBe('pass or none')
  })
})
