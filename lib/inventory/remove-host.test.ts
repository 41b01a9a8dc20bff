import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { removeHost } from './remove-host'
import { lastAudit, refusalOf, someKey, someone } from './testing'

const test = withTestStore()

function changeOn(host: { id: string; name: string }, state: string) {
  return test.current().db.change.create({
    data: {
      agentId: 'x',
      agentVersion: 1,
      title: 'Something',
      summary: '',
      state,
      digest: 'd',
      sealedPlan: new Uint8Array(),
      askedBy: 'a',
      askedById: 'a',
      hosts: { create: { hostId: host.id, hostKeptId: host.id, hostName: host.name } },
    },
  })
}

describe('removeHost', () => {
  it('takes the host, its keys and readings out, keeps its changes in the record, and says so', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber', tagged: ['web'] })
    await db.hostKey.create({ data: { hostId: host.id, ...someKey(), state: 'pinned' } })
    await db.factsReading.create({
      data: { hostId: host.id, tier: 'cheap', takenAt: new Date(), durationMs: 1, roundTrips: 1, data: '{}' },
    })
    await changeOn(host, 'ended')
    await removeHost(someone('admin'), { hostId: host.id, typedName: 'umber' })
    expect([await db.host.count(), await db.hostKey.count(), await db.factsReading.count()]).toEqual([0, 0, 0])
    expect(await db.changeHost.findFirst()).toMatchObject({ hostId: null, hostKeptId: host.id, hostName: 'umber' })
    expect(await lastAudit(db)).toMatchObject({ verb: 'remove host', objectId: host.id, label: 'umber' })
  })

  it('is the admin’s, and asks for the name', async () => {
    const host = await makeHost(test.current().db, { name: 'umber' })
    const asOperator = removeHost(someone('operator'), { hostId: host.id, typedName: 'umber' })
    expect(await refusalOf(asOperator)).toMatchObject({ code: 'forbidden' })
    const mistyped = removeHost(someone('admin'), { hostId: host.id, typedName: 'umbra' })
    expect(await refusalOf(mistyped)).toMatchObject({ code: 'invalid', fields: { typedName: 'Type umber to go on.' } })
  })

  it('refuses while others are reached through it, and names them', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'jump' })
    await makeHost(db, { name: 'b', jumpHostId: host.id })
    await makeHost(db, { name: 'a', jumpHostId: host.id })
    const refusal = await refusalOf(removeHost(someone('admin'), { hostId: host.id, typedName: 'jump' }))
    expect(refusal).toMatchObject({
      code: 'conflict',
      userMessage: 'a and b are reached through jump. Give them another way first.',
    })
  })

  it('refuses while a change runs on it', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber' })
    const change = await changeOn(host, 'applying')
    const refusal = await refusalOf(removeHost(someone('admin'), { hostId: host.id, typedName: 'umber' }))
    expect(refusal).toMatchObject({
      code: 'locked',
      userMessage: `Change #${change.id} (Something) runs on umber. Wait until it has ended.`,
    })
  })

  it('leaves a VM without its hypervisor', async () => {
    const { db } = test.current()
    const metal = await makeHost(db, { name: 'metal' })
    const guest = await makeHost(db, { name: 'guest', kind: 'vm', hypervisorId: metal.id })
    await removeHost(someone('admin'), { hostId: metal.id, typedName: 'metal' })
    expect((await db.host.findUniqueOrThrow({ where: { id: guest.id } })).hypervisorId).toBeNull()
  })
})
