import { expect, it } from 'vitest'
import { clockWords } from './clock-words'

it.each([
  [null, 'not told'],
  [0, 'as Pollux’s'],
  [-59, 'as Pollux’s'],
  [90, '2 min ahead'],
  [-7_200, '2 h behind'],
  [3 * 86_400, '3 days ahead'],
])('%s s is %s', (offS, words) => {
  expect(clockWords(offS)).toBe(words)
})
