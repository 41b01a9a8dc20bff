import { expect, it } from 'vitest'
import { readPaletteItems } from '@/components/overlay/palette-items'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { paletteItems } from './palette-items'

const test = withTestStore()

it('gives everybody the hosts, in the shape that the palette takes', async () => {
  const host = await makeHost(test.current().db, { name: 'umber' })
  const items = await paletteItems(someone('viewer'))
  expect(items).toEqual([
    {
      id: `host /hosts/${host.id}`,
      group: 'go',
      kind: 'host',
      label: 'umber',
      hint: 'host',
      href: `/hosts/${host.id}`,
    },
    {
      id: 'page /settings/tokens',
      group: 'go',
      kind: 'page',
      label: 'API tokens',
      hint: 'settings',
      href: '/settings/tokens',
    },
    {
      id: 'page /hosts/pairs',
      group: 'go',
      kind: 'page',
      label: 'Failover pairs',
      hint: 'hosts',
      href: '/hosts/pairs',
    },
  ])
  const all = await paletteItems(someone('admin'))
  expect(readPaletteItems(JSON.parse(JSON.stringify(all)))).toEqual(all)
  expect(new Set(all.map((item) => item.id)).size).toBe(all.length)
})

it('offers only what the role may', async () => {
  const labels = async (role: 'viewer' | 'operator' | 'admin') =>
    (await paletteItems(someone(role))).map((item) => item.label)
  expect(await labels('operator')).toContain('I/O scheduler')
  expect(await labels('operator')).not.toContain('Add a host')
  expect(await labels('admin')).toEqual(expect.arrayContaining(['Add a host', 'Users', 'Credentials']))
})
