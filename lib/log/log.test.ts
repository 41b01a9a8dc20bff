import { expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { openLog } from './log'
import { registerSecret } from './redact'
import { newRequestId } from './request-id'

function lines() {
  const written: string[] = []
  const log = openLog({ write: (line: string) => void written.push(line) }, 'debug')
  return { log, written, last: () => JSON.parse(written.at(-1) ?? '{}') }
}

it('writes one JSON object a line', () => {
  const { log, last } = lines()
  log.info({ host: 'umber', ms: 12 }, 'read facts')
  expect(last()).toMatchObject({ level: 'info', host: 'umber', ms: 12, msg: 'read facts' })
  expect(Date.parse(last().time)).toBeGreaterThan(0)
})

it('hides what stands under the name of a secret, at any depth', () => {
  const { log, written, last } = lines()
  log.info(
    {
      input: { rows: [{ sudoPassword: 'hunter22', hasPassword: true, name: 'x' }] },
      privateKey: 'PEM',
      sealedPlan: new Uint8Array(3),
    },
    'x',
  )
  expect(written.join()).not.toMatch(/hunter22|PEM/)
  expect(last().input.rows[0]).toEqual({ sudoPassword: '[hidden]', hasPassword: true, name: 'x' })
})

it('hides a registered value wherever it turns up, until it is released', () => {
  const { log, written } = lines()
  const secret = 'pa"ss\nword é'
  const release = registerSecret(secret)
  const again = registerSecret(secret)
  release()
  release()
  const cause = new Error(`login with ${secret} failed`)
  log.error(
    { err: new AppError('unreachable', `could not use ${secret}`, { cause, data: { words: [secret] } }) },
    `tried ${secret}`,
  )
  log.info({ url: `http://x/?q=${encodeURIComponent(secret)}` }, 'x')
  expect(written.join()).not.toMatch(/ss\\nword|%0Aword/)
  expect(written.join()).toContain('[hidden]')
  again()
  log.info({}, secret)
  expect(written.at(-1)).toContain('ss\\nword')
})

it('keeps an error with its code, its data and what is behind it', () => {
  const { log, last } = lines()
  const cause = new Error('ECONNREFUSED')
  log.error({ err: new AppError('unreachable', 'no route', { cause, data: { host: 'umber', password: 'p' } }) }, 'x')
  expect(last().err).toMatchObject({
    code: 'unreachable',
    data: { host: 'umber', password: '[hidden]' },
    cause: { message: 'ECONNREFUSED' },
  })
})

it('makes short ids that differ', () => {
  const ids = Array.from({ length: 2000 }, newRequestId)
  expect(new Set(ids).size).toBe(2000)
  expect(ids[0]).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}$/)
})
