import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { getCatalogLine, listCatalogs } from './list-catalogs'

const test = withTestStore()
const nobody = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' } as const

it('gives catalogs by name with samples last, and one by its id; no password', async () => {
  const { db } = test.current()
  const make = (name: string, other = {}) =>
    db.catalog.create({
      data: {
        ...{ name, way: 'direct', dialect: 'mysql', zone: 'Europe/Paris', zoneSource: 'host', product: 'bacula' },
        ...{ schemaVersion: 16, login: 'reader', sealedPassword: new Uint8Array([1]), ...other },
      },
    })
  await make('a sample', { way: 'sample', dialect: 'sqlite', zoneSource: 'told' })
  await make('work', { trouble: 'No database answers.' })
  const { id } = await make('home', { product: 'bareos', schemaVersion: 2192 })
  const lines = await listCatalogs(someone('viewer'))
  expect(lines.map(({ name, product, mark, isSample }) => [name, product, mark, isSample])).toEqual([
    ['home', 'Bareos 19.2', 'unproved', false],
    ['work', 'Bacula 9.0 to 9.6', 'live-tested', false],
    ['a sample', 'Bacula 9.0 to 9.6', 'live-tested', true],
  ])
  expect(JSON.stringify(lines)).not.toContain('assword')
  expect((await getCatalogLine(someone('viewer'), id)).name).toBe('home')
})

it('refuses who may not read, and knows none that is not there', async () => {
  expect((await refusalOf(listCatalogs(nobody))).code).toBe('forbidden')
  expect((await refusalOf(getCatalogLine(nobody, 'x'))).code).toBe('forbidden')
  expect((await refusalOf(getCatalogLine(someone('viewer'), 'x'))).code).toBe('not-found')
})
