import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeCredential, makeHost } from '@/prisma/factories'
import { addHost } from './add-host'
import { openSudoPassword } from './credential-secret'
import { lastAudit, refusalOf, someone } from './testing'

const test = withTestStore()

async function wish(more: Record<string, unknown> = {}) {
  const credential = await makeCredential(test.current().db)
  return {
    address: '10.77.0.11',
    port: 22,
    login: 'root',
    credentialId: credential.id,
    privilege: 'root' as const,
    jumpHostId: null,
    sshProfile: 'modern' as const,
    name: 'umber',
    kind: 'server' as const,
    hypervisorId: null,
    tags: ['web', 'Office'],
    notes: '',
    ...more,
  }
}

describe('addHost', () => {
  it('puts the host into the inventory, unread and without a pinned key, and records it', async () => {
    const { db } = test.current()
    const { hostId } = await addHost(someone('admin'), await wish({ address: ' Umber.Example. ', port: '2222' }))
    const host = await db.host.findUniqueOrThrow({ where: { id: hostId }, include: { tags: true, keys: true } })
    expect(host).toMatchObject({ name: 'umber', address: 'umber.example', port: 2222, reach: 'unread', keys: [] })
    expect(host.tags.map((row) => row.tag).sort()).toEqual(['office', 'web'])
    expect(await lastAudit(db)).toMatchObject({
      verb: 'add host',
      objectId: hostId,
      label: 'umber',
      actor: 'the admin',
    })
  })

  it('is the admin’s', async () => {
    const { db } = test.current()
    expect(await refusalOf(addHost(someone('operator'), await wish()))).toMatchObject({ code: 'forbidden' })
    expect(await db.host.count()).toBe(0)
  })

  it('seals the sudo password and leaves it out of the record', async () => {
    const { db } = test.current()
    const wanted = await wish({ privilege: 'sudo', login: 'ada', sudoPassword: 'open sesame' })
    const { hostId } = await addHost(someone('admin'), wanted)
    const { sealedSudo } = await db.host.findUniqueOrThrow({ where: { id: hostId } })
    if (!sealedSudo) throw new Error('expected a sealed password')
    expect(Buffer.from(sealedSudo).includes('open sesame')).toBe(false)
    expect(openSudoPassword(hostId, sealedSudo)).toBe('open sesame')
    expect((await lastAudit(db)).detail).not.toContain('open sesame')
  })

  it.each([
    [{ address: '10.0.0.300' }, 'address', 'The last part is 300; it goes up to 255.'],
    [{ port: 70000 }, 'port', 'A port is a whole number from 1 to 65535; this is 70000.'],
    [{ login: 'a b' }, 'login', 'A login has no spaces, colons, slashes, commas or quotes.'],
    [{ name: '' }, 'name', 'Give it a name.'],
    [{ credentialId: '' }, 'credentialId', 'Choose a credential.'],
    [{ credentialId: 'gone' }, 'credentialId', 'This credential does not exist any more. Choose another one.'],
    [{ jumpHostId: 'gone' }, 'jumpHostId', 'This jump host is not in the inventory any more. Choose another one.'],
  ])('refuses %j at its field', async (more, field, sentence) => {
    const refusal = await refusalOf(addHost(someone('admin'), await wish(more)))
    expect(refusal).toMatchObject({ code: 'invalid', fields: { [field]: sentence } })
  })

  it('refuses a name or a place that another host has', async () => {
    const { db } = test.current()
    await makeHost(db, { name: 'Umber', address: '10.77.0.12' })
    const sameName = await refusalOf(addHost(someone('admin'), await wish()))
    expect(sameName.fields?.['name']).toBe('There is a host called Umber already. Give this one another name.')
    const samePlace = await refusalOf(addHost(someone('admin'), await wish({ name: 'other', address: '10.77.0.12' })))
    expect(samePlace.fields?.['address']).toBe('Umber has 10.77.0.12:22 already. One host has one entry.')
  })

  it('takes the same address behind another jump host', async () => {
    const { db } = test.current()
    await makeHost(db, { name: 'other', address: '10.77.0.11' })
    const jump = await makeHost(db, { name: 'jump', address: '10.77.0.1' })
    await addHost(someone('admin'), await wish({ jumpHostId: jump.id }))
    expect(await db.host.count()).toBe(3)
  })

  it('gives a hypervisor to VMs only', async () => {
    const { db } = test.current()
    const hypervisor = await makeHost(db, { name: 'metal' })
    const refused = await refusalOf(addHost(someone('admin'), await wish({ hypervisorId: hypervisor.id })))
    expect(refused.fields?.['hypervisorId']).toBe('Only a VM runs on a hypervisor.')
    await addHost(someone('admin'), await wish({ kind: 'vm', hypervisorId: hypervisor.id }))
    expect(await db.host.count({ where: { hypervisorId: hypervisor.id } })).toBe(1)
  })
})
