import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { fingerprintOf } from '@/lib/ssh'
import { makeCredential, makeHost } from '@/prisma/factories'
import { addManyHosts } from './add-many-hosts'
import { refusalOf, someKey, someone } from './testing'

const test = withTestStore()

async function shared() {
  const credential = await makeCredential(test.current().db)
  return {
    login: 'root',
    credentialId: credential.id,
    privilege: 'root' as const,
    jumpHostId: null,
    sshProfile: 'modern' as const,
    kind: 'server' as const,
  }
}

function listed(name: string, address: string, more: Record<string, unknown> = {}) {
  const { algorithm, key } = someKey()
  return { name, address, port: 22, login: null, tags: [], keys: [{ algorithm, key }], ...more }
}

describe('addManyHosts', () => {
  it('adds each host with its confirmed keys, its own login and tags', async () => {
    const { db } = test.current()
    const hosts = [listed('umber', '10.77.0.11', { tags: ['web'] }), listed('sienna', '10.77.0.12', { login: 'ada' })]
    const added = await addManyHosts(someone('admin'), { ...(await shared()), hosts })
    expect(added.map((host) => host.ok)).toEqual([true, true])
    const rows = await db.host.findMany({ include: { keys: true, tags: true }, orderBy: { name: 'desc' } })
    expect(rows.map((host) => [host.name, host.login, host.tags.map((row) => row.tag)])).toEqual([
      ['umber', 'root', ['web']],
      ['sienna', 'ada', []],
    ])
    const key = rows[0]?.keys[0]
    expect(key).toMatchObject({ state: 'pinned', decidedBy: 'the admin', fingerprint: fingerprintOf(key?.key ?? '') })
    const verbs = await db.auditRow.groupBy({ by: ['verb'], _count: true, orderBy: { verb: 'asc' } })
    expect(verbs.map((row) => [row.verb, row._count])).toEqual([
      ['add host', 2],
      ['confirm host key', 2],
    ])
  })

  it('keeps the rest when one cannot be added', async () => {
    const { db } = test.current()
    await makeHost(db, { name: 'there', address: '10.77.0.12' })
    const hosts = [
      listed('a', '10.77.0.11'),
      listed('b', '10.77.0.12'),
      listed('A', '10.77.0.13'),
      listed('d', '10.77.0.14'),
    ]
    const added = await addManyHosts(someone('admin'), { ...(await shared()), hosts })
    expect(added.map((host) => (host.ok ? host.name : host.problem))).toEqual([
      'a',
      'there has 10.77.0.12:22 already. One host has one entry.',
      'There is a host called a already. Give this one another name.',
      'd',
    ])
    expect(await db.host.count()).toBe(3)
    expect(await db.hostKey.count()).toBe(2)
  })

  it('refuses a host without a confirmed key, and anyone but an admin', async () => {
    const hosts = [listed('a', '10.77.0.11')]
    expect(await refusalOf(addManyHosts(someone('operator'), { ...(await shared()), hosts }))).toMatchObject({
      code: 'forbidden',
    })
    const unconfirmed = [listed('a', '10.77.0.11', { keys: [] })]
    const refusal = await refusalOf(addManyHosts(someone('admin'), { ...(await shared()), hosts: unconfirmed }))
    expect(refusal).toMatchObject({ code: 'invalid' })
    expect(await test.current().db.host.count()).toBe(0)
  })
})
