import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { auditKey, digestKey, seal, sessionSecret, unseal } from './seal'

withTestStore()
const place = { table: 'credential', row: 'r1', field: 'sealed' }

it('opens where it was sealed, and shows nothing of what it holds', () => {
  const sealed = seal('a password', place)
  expect(Buffer.from(sealed).includes('password')).toBe(false)
  expect(unseal(sealed, place)).toBe('a password')
  expect(Buffer.from(seal('a password', place)).equals(Buffer.from(sealed))).toBe(false)
})

it.each([
  ['table', { ...place, table: 'host' }],
  ['row', { ...place, row: 'r2' }],
  ['field', { ...place, field: 'other' }],
  ['words that run together', { table: 'credentialr', row: '1', field: 'sealed' }],
])('is bound to table, row and field: another %s does not open it', (_, other) => {
  const sealed = seal('a password', place)
  expect(() => unseal(sealed, other)).toThrow('could not open')
})

it('does not open when a bit of it was changed', () => {
  const sealed = seal('a password', place)
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte))
    expect(() => unseal(changed, place), `byte ${at}`).toThrow('could not open')
  }
  expect(() => unseal(new Uint8Array(), place)).toThrow('could not open')
})

it('keys of different use are different keys', () => {
  const keys = [auditKey(), digestKey()].map((key) => key.toString('base64'))
  expect(new Set([...keys, sessionSecret()]).size).toBe(3)
})
