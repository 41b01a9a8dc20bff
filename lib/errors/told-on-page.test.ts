import { expect, it } from 'vitest'
import { AppError } from './app-error'
import { throwToldOnPage, toldSentence } from './told-on-page'

function digestOf(error: unknown): string | undefined {
  try {
    throwToldOnPage(error)
  } catch (thrown) {
    expect(thrown).toBe(error)
    return thrown instanceof Error && 'digest' in thrown ? String(thrown.digest) : undefined
  }
}

it('lets only the sentence for the person through', () => {
  const told = digestOf(new AppError('unreachable', 'secret inner words', { userMessage: 'No database answers.' }))
  expect(toldSentence(told)).toBe('No database answers.')
  expect(digestOf(new AppError('internal', 'secret inner words'))).toBeUndefined()
  expect(digestOf(new Error('secret inner words'))).toBeUndefined()
})

it('takes an id for no sentence', () => {
  expect(toldSentence('2269370685')).toBeNull()
  expect(toldSentence(undefined)).toBeNull()
})
