import { expect, it } from 'vitest'
import { someone } from '@/lib/inventory/testing'
import type { TlsState } from '@/lib/server/tls'
import { listCertificateNeeds } from './certificate-needs'

const now = Date.parse('2026-03-01T00:00:00Z')

function state(days: number, sentence?: string): TlsState {
  const validTo = new Date(now + days * 24 * 3_600_000)
  const pair = { cert: '', key: '', names: [], issuer: '', validFrom: new Date(now), validTo, fingerprint: '' }
  const problem = sentence ? { at: new Date(now), sentence } : null
  return { certFile: '/c.pem', keyFile: '/k.pem', pair, takenAt: new Date(now), problem }
}

it.each([
  [60, undefined, []],
  [13, undefined, ['soon: The certificate of this Pollux expires in 13 days']],
  [1, undefined, ['now: The certificate of this Pollux expires in 1 day']],
  [-1, undefined, ['now: The certificate of this Pollux has expired']],
  [60, 'It does not fit.', ['soon: A new certificate of this Pollux is not in use']],
])('tells an admin of a certificate that ends in %s days (%s)', (days, problem, told) => {
  const needs = listCertificateNeeds(someone('admin'), now, state(days, problem))
  expect(needs.map(({ level, title }) => `${level}: ${title}`)).toEqual(told)
  if (problem) expect(needs[0]?.evidence).toBe(problem)
})

it('says nothing to who cannot change it, and nothing where there is none', () => {
  expect(listCertificateNeeds(someone('operator'), now, state(1))).toEqual([])
  expect(listCertificateNeeds(someone('admin'), now, undefined)).toEqual([])
})
