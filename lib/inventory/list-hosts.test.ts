import { beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { getHost } from './get-host'
import { listHosts } from './list-hosts'
import { refusalOf, someKey, someone } from './testing'

const test = withTestStore()
const viewer = someone('viewer')

async function names(input: Parameters<typeof listHosts>[1]) {
  return (await listHosts(viewer, input)).rows.map((row) => row.name)
}

describe('listHosts', () => {
  beforeEach(async () => {
    const { db } = test.current()
    const metal = await makeHost(db, { name: 'metal', address: '10.77.0.1', tagged: ['office'], reach: 'ok' })
    await makeHost(db, { name: 'nas2', kind: 'nas', address: '10.77.0.2', notes: 'Under the stairs' })
    await makeHost(db, { name: 'nas10', kind: 'nas', address: '10.77.0.3', tagged: ['backup', 'office'] })
    await makeHost(db, { name: 'guest', kind: 'vm', address: 'guest.example', hypervisorId: metal.id })
    await db.hostKey.create({ data: { hostId: metal.id, ...someKey(), state: 'pinned' } })
  })

  it('gives every host with how it is', async () => {
    const list = await listHosts(viewer)
    expect([list.total, list.inReach, list.tags]).toEqual([4, 1, ['backup', 'office']])
    expect(list.rows.map((row) => [row.name, row.state.mark, row.state.word])).toEqual([
      ['guest', 'ask', 'Key to confirm'],
      ['metal', 'unknown', 'Not read yet'],
      ['nas2', 'ask', 'Key to confirm'],
      ['nas10', 'ask', 'Key to confirm'],
    ])
    expect(list.rows[0]?.hypervisor).toBe('metal')
  })

  it('finds by name, address, tag and note, every word somewhere', async () => {
    expect(await names({ search: 'NAS' })).toEqual(['nas2', 'nas10'])
    expect(await names({ search: '10.77' })).toEqual(['metal', 'nas2', 'nas10'])
    expect(await names({ search: 'stairs' })).toEqual(['nas2'])
    expect(await names({ search: 'office nas' })).toEqual(['nas10'])
    expect(await names({ search: '%' })).toEqual([])
  })

  it('filters by kind, tag and state', async () => {
    expect(await names({ kind: 'vm' })).toEqual(['guest'])
    expect(await names({ tag: 'office' })).toEqual(['metal', 'nas10'])
    expect(await names({ tag: 'office', kind: 'nas' })).toEqual(['nas10'])
    expect(await names({ state: 'unknown' })).toEqual(['metal'])
  })

  it('sorts either way', async () => {
    expect(await names({ sort: { by: 'name', descending: true } })).toEqual(['nas10', 'nas2', 'metal', 'guest'])
    expect(await names({ sort: { by: 'state', descending: false } })).toEqual(['guest', 'nas2', 'nas10', 'metal'])
  })

  it('tells the last change of each host, and puts hosts without one last', async () => {
    const { db } = test.current()
    const hosts = await db.host.findMany()
    const changeOn = (name: string, state: string) => {
      const host = hosts.find((one) => one.name === name)
      if (!host) throw new Error(name)
      const part = { hostId: host.id, hostKeptId: host.id, hostName: name }
      const change = {
        agentId: 'x',
        agentVersion: 1,
        title: 'T',
        summary: '',
        state,
        digest: 'd',
        askedBy: 'a',
        askedById: 'a',
      }
      return db.change.create({ data: { ...change, sealedPlan: new Uint8Array(), hosts: { create: part } } })
    }
    await changeOn('nas2', 'ended')
    const second = await changeOn('nas2', 'applying')
    const third = await changeOn('guest', 'ended')
    const { rows } = await listHosts(viewer, { sort: { by: 'change', descending: true } })
    expect(rows.map((row) => [row.name, row.lastChange?.id])).toEqual([
      ['guest', third.id],
      ['nas2', second.id],
      ['metal', undefined],
      ['nas10', undefined],
    ])
  })

  it('is for who signed in', async () => {
    const nobody = { actor: { kind: 'system' as const, name: 'nobody' as const }, requestId: 'test' }
    expect(await refusalOf(listHosts(nobody))).toMatchObject({ code: 'forbidden' })
  })
})

describe('getHost', () => {
  it('gives what the page shows and nothing sealed', async () => {
    const { db } = test.current()
    const jump = await makeHost(db, { name: 'jump' })
    const host = await makeHost(db, { name: 'umber', jumpHostId: jump.id, tagged: ['web'], privilege: 'sudo' })
    const detail = await getHost(viewer, host.id)
    expect(detail).toMatchObject({
      name: 'umber',
      jumpHost: { name: 'jump' },
      tags: ['web'],
      keyState: 'none',
      hasSudoPassword: false,
    })
    expect(JSON.stringify(detail)).not.toContain('sealed')
    expect((await getHost(viewer, jump.id)).jumpedBy).toMatchObject([{ name: 'umber' }])
    expect(await refusalOf(getHost(viewer, 'gone'))).toMatchObject({ code: 'not-found' })
  })
})
