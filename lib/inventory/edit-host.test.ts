import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { editHost } from './edit-host'
import { lastAudit, refusalOf, someone } from './testing'

const test = withTestStore()

describe('editHost', () => {
  it('lets an operator change name, notes and tags, and records what was there', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber', tagged: ['web'] })
    await editHost(someone('operator'), { hostId: host.id, version: 0, notes: 'under the stairs', tags: ['cellar'] })
    const after = await db.host.findUniqueOrThrow({ where: { id: host.id }, include: { tags: true } })
    expect(after).toMatchObject({ name: 'umber', notes: 'under the stairs', version: 1, tags: [{ tag: 'cellar' }] })
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'edit host', actor: 'the operator', label: 'umber' })
    expect(JSON.parse(audit.detail)).toEqual({
      changes: {
        notes: { before: '', after: 'under the stairs' },
        tags: { before: ['web'], after: ['cellar'] },
      },
    })
  })

  it('is not a viewer’s', async () => {
    const { db } = test.current()
    const host = await makeHost(db)
    const refusal = await refusalOf(editHost(someone('viewer'), { hostId: host.id, version: 0, notes: 'x' }))
    expect(refusal).toMatchObject({ code: 'forbidden' })
  })

  it('writes nothing when nothing differs', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { tagged: ['a', 'b'] })
    await editHost(someone('operator'), { hostId: host.id, version: 0, name: host.name, tags: ['b', 'a'] })
    expect(await db.auditRow.count()).toBe(0)
    expect((await db.host.findUniqueOrThrow({ where: { id: host.id } })).version).toBe(0)
  })

  it('does not write over what somebody else edited meanwhile', async () => {
    const { db } = test.current()
    const host = await makeHost(db, { name: 'umber' })
    await editHost(someone('operator'), { hostId: host.id, version: 0, notes: 'first' })
    const refusal = await refusalOf(editHost(someone('operator'), { hostId: host.id, version: 0, notes: 'second' }))
    expect(refusal).toMatchObject({ code: 'conflict' })
    expect((await db.host.findUniqueOrThrow({ where: { id: host.id } })).notes).toBe('first')
  })

  it('takes the hypervisor away from what is no VM any more, and refuses itself as one', async () => {
    const { db } = test.current()
    const metal = await makeHost(db, { name: 'metal' })
    const guest = await makeHost(db, { name: 'guest', kind: 'vm', hypervisorId: metal.id })
    const refusal = await refusalOf(
      editHost(someone('operator'), { hostId: guest.id, version: 0, hypervisorId: guest.id }),
    )
    expect(refusal.fields).toHaveProperty('hypervisorId')
    await editHost(someone('operator'), { hostId: guest.id, version: 0, kind: 'server' })
    expect((await db.host.findUniqueOrThrow({ where: { id: guest.id } })).hypervisorId).toBeNull()
  })
})
