import { expect, it } from 'vitest'
import { type HostOutcome, outcomeOf, parseHostOutcome } from './outcome'

const cases: [HostOutcome[], string][] = [
  [['applied', 'applied'], 'applied'],
  [['applied', 'reverted'], 'split'],
  [['applied', 'not-started'], 'split'],
  [['applied', 'foreign-edit-kept'], 'split'],
  [['applied', 'undo-failed'], 'undo-failed'],
  [['reverted', 'not-started'], 'reverted'],
  [['not-started'], 'not-started'],
  [['applied', 'applied-unverified'], 'applied-unverified'],
  [['reverted', 'foreign-edit-kept'], 'foreign-edit-kept'],
]

it.each(cases)('%j ends %s', (hosts, outcome) => {
  expect(outcomeOf(hosts)).toBe(outcome)
})

it('takes no outcome that a host must not write', () => {
  expect(['applied', 'split', '', '<b>'].map(parseHostOutcome)).toEqual(['applied', null, null, null])
})
