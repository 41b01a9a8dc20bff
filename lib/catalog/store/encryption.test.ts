import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { catalogPlace } from './catalog-place'
import { PlaceInput } from './place-input'
import { resolvePlace } from './resolve-place'
import { tlsOf } from './tls-modes'

const test = withTestStore()
const [one = '', other = ''] = rootCertificates
const direct = {
  ...{ way: 'direct', dialect: 'mysql', address: 'db.example.net', port: '3306', database: 'bacula' },
  account: { kind: 'own', login: 'pollux', password: 'x' },
} as const

function refusalOfCa(tlsCa: string): string | undefined {
  return PlaceInput.safeParse({ ...direct, tlsCa }).error?.issues[0]?.message
}

describe('the encryption of a catalog over the network', () => {
  it('is required and checked where nothing is said', async () => {
    const { place, columns } = await resolvePlace(PlaceInput.parse(direct))
    expect(place).toMatchObject({ way: 'direct', tls: { mode: 'checked', ca: null } })
    expect(columns).toMatchObject({ tls: 'checked', tlsCa: null })
  })

  it('takes certificates, one or more, and none for those that the machine trusts', async () => {
    for (const tlsCa of [one, `  ${one}\n${other}\n`, `a word before\r\n${one.replaceAll('\n', '\r\n')}`]) {
      const { place } = await resolvePlace(PlaceInput.parse({ ...direct, tls: 'checked', tlsCa }))
      expect(place).toMatchObject({ tls: { mode: 'checked', ca: tlsCa.trim() } })
    }
    expect((await resolvePlace(PlaceInput.parse({ ...direct, tlsCa: ' ' }))).columns.tlsCa).toBeNull()
  })

  it('keeps no certificate that nobody checks', async () => {
    for (const tls of ['off', 'required'] as const) {
      const { place, columns } = await resolvePlace(PlaceInput.parse({ ...direct, tls, tlsCa: one }))
      expect([columns.tls, columns.tlsCa]).toEqual([tls, null])
      expect(place).toMatchObject({ tls: { mode: tls } })
    }
  })

  it('refuses what is no certificate, and above all a private key', () => {
    expect(refusalOfCa('hello')).toMatch(/^This is no certificate in PEM/)
    expect(refusalOfCa('-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----')).toMatch(/^This is no cert/)
    expect(refusalOfCa(`${one}-----BEGIN CERTIFICATE-----\nhello`)).toMatch(/^This is no certificate in PEM/)
    expect(refusalOfCa(`${one}\n-----BEGIN EC PRIVATE KEY-----\n`)).toMatch(/^This holds a private key/)
    expect(refusalOfCa(one.repeat(60))).toMatch(/^Certificates have at most/)
    expect(PlaceInput.safeParse({ ...direct, tls: 'maybe' }).success).toBe(false)
  })

  it('stays off for a catalog of before, and is of no use to other ways', async () => {
    const row = await test.current().db.catalog.create({
      data: {
        ...{ name: 'old', way: 'direct', dialect: 'mysql', address: 'db.example.net', port: 3306, database: 'bacula' },
        ...{ login: 'pollux', zone: 'Etc/UTC', zoneSource: 'told', product: 'bacula', schemaVersion: 16 },
      },
    })
    expect(await catalogPlace(row)).toMatchObject({ way: 'direct', tls: { mode: 'off' } })
    expect(await catalogPlace({ ...row, tls: 'checked', tlsCa: one })).toMatchObject({
      tls: { mode: 'checked', ca: one },
    })
    expect(tlsOf({ tls: 'a later word', tlsCa: null })).toEqual({ mode: 'checked', ca: null })
    const { columns } = await resolvePlace(PlaceInput.parse({ way: 'file', path: '/c.db', tls: 'required' }))
    expect(columns.tls).toBe('off')
  })
})
