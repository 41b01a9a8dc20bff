import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeCredential, makeHost } from '@/prisma/factories'
import { changeHostIdentity } from './change-host-identity'
import { setSshProfile } from './set-ssh-profile'
import { lastAudit, refusalOf, someKey, someone } from './testing'

const test = withTestStore()

async function pinnedHost(more: Record<string, unknown> = {}) {
  const { db } = test.current()
  const credential = await makeCredential(db)
  const host = await makeHost(db, {
    name: 'umber',
    address: '10.77.0.11',
    credentialId: credential.id,
    reach: 'ok',
    ...more,
  })
  await db.hostKey.create({ data: { hostId: host.id, ...someKey(), state: 'pinned' } })
  return host
}

describe('changeHostIdentity', () => {
  it('changes the address, drops the pin and records both', async () => {
    const { db } = test.current()
    const host = await pinnedHost()
    const result = await changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, address: '10.77.0.12' })
    expect(result).toEqual({ pinDropped: true })
    const after = await db.host.findUniqueOrThrow({ where: { id: host.id }, include: { keys: true } })
    expect(after).toMatchObject({ address: '10.77.0.12', reach: 'unread', version: 1 })
    expect(after.keys.map((key) => key.state)).toEqual(['retired'])
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'change host identity', objectId: host.id })
    expect(JSON.parse(audit.detail)).toEqual({ changes: { address: { before: '10.77.0.11', after: '10.77.0.12' } } })
  })

  it.each([
    ['port', { port: 2222 }],
    ['login', { login: 'ada' }],
    ['privilege', { privilege: 'sudo' as const }],
    ['profile', { sshProfile: 'legacy' as const }],
  ])('drops the pin for another %s too', async (_what, more) => {
    const { db } = test.current()
    const host = await pinnedHost()
    await changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, ...more })
    expect(await db.hostKey.count({ where: { hostId: host.id, state: 'pinned' } })).toBe(0)
  })

  it('drops the pin for another jump host or credential too', async () => {
    const { db } = test.current()
    const [jump, credential] = [await makeHost(db, { name: 'jump' }), await makeCredential(db)]
    for (const more of [{ jumpHostId: jump.id }, { credentialId: credential.id }]) {
      const host = await pinnedHost()
      await changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, ...more })
      expect(await db.hostKey.count({ where: { hostId: host.id, state: 'pinned' } })).toBe(0)
      await db.host.delete({ where: { id: host.id } })
    }
  })

  it('keeps the pin when nothing differs', async () => {
    const { db } = test.current()
    const host = await pinnedHost()
    const result = await changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, address: '10.77.0.11' })
    expect(result).toEqual({ pinDropped: false })
    expect(await db.hostKey.count({ where: { hostId: host.id, state: 'pinned' } })).toBe(1)
    expect(await db.auditRow.count()).toBe(0)
  })

  it('is the admin’s', async () => {
    const host = await pinnedHost()
    const refusal = await refusalOf(changeHostIdentity(someone('operator'), { hostId: host.id, version: 0, port: 23 }))
    expect(refusal).toMatchObject({ code: 'forbidden' })
    const profile = setSshProfile(someone('operator'), { hostId: host.id, version: 0, sshProfile: 'legacy' })
    expect(await refusalOf(profile)).toMatchObject({ code: 'forbidden' })
  })

  it('refuses a way that comes back to the host', async () => {
    const { db } = test.current()
    const host = await pinnedHost()
    const near = await makeHost(db, { name: 'near', address: '10.77.0.2', jumpHostId: host.id })
    const far = await makeHost(db, { name: 'far', address: '10.77.0.3', jumpHostId: near.id })
    const refusal = await refusalOf(
      changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, jumpHostId: far.id }),
    )
    expect(refusal.fields?.['jumpHostId']).toBe(
      'The way comes back to this host: far, then near, then umber. Choose another jump host.',
    )
  })

  it('refuses while a change runs on the host', async () => {
    const { db } = test.current()
    const host = await pinnedHost()
    await db.change.create({
      data: {
        agentId: 'x',
        agentVersion: 1,
        title: 'Something',
        summary: '',
        state: 'applying',
        digest: 'd',
        sealedPlan: new Uint8Array(),
        askedBy: 'a',
        askedById: 'a',
        hosts: { create: { hostId: host.id, hostKeptId: host.id, hostName: host.name } },
      },
    })
    const refusal = await refusalOf(changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, port: 23 }))
    expect(refusal).toMatchObject({ code: 'locked' })
  })

  it('sets, keeps and takes away the sudo password without dropping the pin', async () => {
    const { db } = test.current()
    const host = await pinnedHost({ privilege: 'sudo' })
    const sealed = async () => (await db.host.findUniqueOrThrow({ where: { id: host.id } })).sealedSudo
    await changeHostIdentity(someone('admin'), { hostId: host.id, version: 0, sudoPassword: 'open sesame' })
    expect(await sealed()).not.toBeNull()
    expect((await lastAudit(db)).detail).toBe('{"changes":{},"sudoPassword":"set"}')
    await changeHostIdentity(someone('admin'), { hostId: host.id, version: 1, sudoPassword: '' })
    expect(await sealed()).toBeNull()
    expect(await db.hostKey.count({ where: { hostId: host.id, state: 'pinned' } })).toBe(1)
  })
})
