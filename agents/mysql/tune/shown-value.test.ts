import { expect, it } from 'vitest'
import { shownValue, whyNotTaken } from './shown-value'

const rule = {
  ...{ name: 'query_cache_type', kind: 'enum' as const, block: 1, min: null, max: null, startsFrom: null },
  words: ['OFF', 'ON', 'DEMAND'],
}
const take = whyNotTaken as (of: unknown, value: string) => string | null

it.each([
  ['0', 'OFF'],
  ['1', 'ON'],
  ['demand', 'DEMAND'],
])('a switch with more words takes %s for %s', (value, shown) => {
  expect(shownValue(rule, value)).toBe(shown)
  expect(take(rule, value)).toBeNull()
})

it('numbers stand for no word of what is no switch', () => {
  const words = ['MIXED', 'STATEMENT', 'ROW']
  expect(shownValue({ kind: 'enum', words }, '0')).toBe('0')
  expect(take({ ...rule, words }, '0')).toContain('Expected one of MIXED')
  expect(take(rule, '2')).toContain('got "2"')
})
