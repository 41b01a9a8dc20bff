import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { clientHosts, matchClientHosts } from './client-hosts'

const test = withTestStore()

const hosts = [
  { id: 'h1', name: 'Willow', address: '192.0.2.1' },
  { id: 'h2', name: 'poplar-fd', address: 'db.example.net' },
  { id: 'h3', name: 'poplar', address: '192.0.2.3' },
  { id: 'h4', name: 'twin-a', address: '192.0.2.4' },
  { id: 'h5', name: 'twin-b', address: '192.0.2.4' },
  { id: 'h6', name: '192.0.2.3', address: '192.0.2.6' },
]

it.each([
  ['willow-fd', 'Willow'],
  ['WILLOW', 'Willow'],
  ['Willow-FD', 'Willow'],
  ['192.0.2.1', 'Willow'],
  ['192.0.2.1-fd', 'Willow'],
  ['DB.example.net-fd', 'poplar-fd'],
  // The whole name goes before a part of it, and a name before an address.
  ['poplar-fd', 'poplar-fd'],
  ['poplar', 'poplar'],
  ['192.0.2.3', '192.0.2.3'],
  // Two hosts behind one address: which of them is not known.
  ['192.0.2.4', undefined],
  ['willow-fd-fd', undefined],
  ['will', undefined],
  ['', undefined],
  ['-fd', undefined],
])('takes the client %j for the host %j', (client, name) => {
  expect(matchClientHosts([client], hosts).get(client)?.name).toBe(name)
})

it('looks them up in the inventory, for those who may read backups', async () => {
  const willow = await makeHost(test.current().db, { name: 'Willow', address: '192.0.2.1' })
  const found = await clientHosts(someone('viewer'), ['willow-fd', '192.0.2.1', 'elm-fd'])
  const host = { id: willow.id, name: 'Willow' }
  expect([...found]).toEqual([
    ['willow-fd', host],
    ['192.0.2.1', host],
  ])
  const nobody = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' } as const
  expect((await refusalOf(clientHosts(nobody, ['willow-fd']))).code).toBe('forbidden')
})
