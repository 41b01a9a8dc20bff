import { expect, it } from 'vitest'
import { enabledWords, volumeStatusWords } from './volume-words'

it.each([
  ['Append', 'writable'],
  ['Full', 'holds'],
  ['Used', 'holds'],
  ['Purged', 'free'],
  ['Recycle', 'free'],
  ['Scratch', 'free'],
  ['Error', 'broken'],
  ['Busy', 'aside'],
  ['Read-Only', 'aside'],
  ['Archive', 'aside'],
  ['Disabled', 'aside'],
  ['Cleaning', 'aside'],
  ['append', 'unknown'],
  ['constructor', 'unknown'],
])('the status %s: %s', (status, state) => {
  const words = volumeStatusWords(status)
  expect(words.state).toBe(state)
  expect(words.means).toMatch(/\.$/)
  expect(words.next).toMatch(/\.$/)
})

it('keeps the three values of Enabled apart', () => {
  expect(new Set([0, 1, 2].map(enabledWords)).size).toBe(3)
  expect(enabledWords(null)).toBe(enabledWords(1))
})
