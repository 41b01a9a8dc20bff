import { expect, it } from 'vitest'
import { AppError, errorCodes } from '@/lib/errors'
import { someone } from '@/lib/inventory/testing'
import { toScreen } from './to-screen'

const ctx = someone('viewer')

it.each(errorCodes)('shows of %s the sentence for the person, never the one for the log', (code) => {
  const shown = toScreen(
    ctx,
    new AppError(code, 'for the log', { userMessage: 'What to do.', fields: { name: 'Why.' } }),
  )
  expect(shown).toEqual({ code, message: 'What to do.', fields: { name: 'Why.' }, id: ctx.requestId })
  const unsaid = toScreen(ctx, new AppError(code, 'for the log'))
  expect(unsaid.code).toBe(code)
  expect(unsaid.message).not.toContain('for the log')
  expect(unsaid.message).toContain(ctx.requestId)
})

it.each([
  new Error('a path: /etc/shadow'),
  'a bare text',
  null,
  undefined,
  { userMessage: 'made up', code: 'invalid' },
])('shows of what it does not know only an id: %s', (thrown) => {
  const shown = toScreen(ctx, thrown)
  expect(shown).toEqual({ code: 'internal', message: expect.stringContaining(ctx.requestId), id: ctx.requestId })
  expect(shown.message).not.toMatch(/shadow|bare|made up/)
})

it('knows an AppError of another copy of the module by its shape', () => {
  const copy = Object.assign(new Error('log'), { name: 'AppError', code: 'conflict', userMessage: 'Said.', data: {} })
  expect(toScreen(ctx, copy)).toMatchObject({ code: 'conflict', message: 'Said.' })
})
