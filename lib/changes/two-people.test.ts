import { beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { isAppError } from '@/lib/errors'
import { editHost } from '@/lib/inventory/edit-host'
import { setTwoPeople } from '@/lib/inventory/two-people-tags'
import { makeHost, makeUser } from '@/prisma/factories'
import { approveChange } from './decide-change'
import { getChange } from './get-change'
import { sealPlan } from './plan-record'

const test = withTestStore()
const digest = 'd'.repeat(64)
const inAnHour = () => ({ kind: 'at' as const, at: new Date(Date.now() + 3_600_000).toISOString() })

let ada: Ctx
let bob: Ctx
let admin: Ctx

beforeEach(async () => {
  ada = await person('ada', 'operator')
  bob = await person('bob', 'operator')
  admin = await person('root', 'admin')
})

async function person(name: string, role: 'operator' | 'admin'): Promise<Ctx> {
  const { id } = await makeUser(test.current().db, { name, role })
  return { actor: { kind: 'user', id, name, role }, requestId: 'test' }
}

async function planned(tagged: string[]): Promise<{ changeId: number; hostId: string }> {
  const { db } = test.current()
  const host = await makeHost(db, { name: 'umber', tagged })
  const plan: Plan = {
    agent: { id: 'x', version: 1 },
    title: 'T',
    summary: 'S',
    phases: [],
    checks: [],
    basis: [],
    findings: [],
    guard: null,
    nothingToDo: null,
  }
  const hosts = [{ id: host.id, name: host.name }]
  const origin = { kind: 'wizard' as const, agentId: 'x', desired: {}, hostIds: [host.id] }
  const change = await db.change.create({
    data: {
      agentId: 'x',
      agentVersion: 1,
      title: 'T',
      summary: 'S',
      state: 'planned',
      digest,
      sealedPlan: sealPlan({ origin, plan, desired: {}, hostKeys: {}, hosts, digest }),
      askedBy: 'ada',
      askedById: ada.actor.kind === 'user' ? ada.actor.id : '',
      hosts: { create: { hostId: host.id, hostKeptId: host.id, hostName: host.name } },
    },
  })
  return { changeId: change.id, hostId: host.id }
}

async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!isAppError(error)) throw new Error(`expected a refusal, got ${error}`)
  return error
}

describe('a tag that takes two people', () => {
  it('keeps the asker from approving his own change, and says why; another one may', async () => {
    await setTwoPeople(admin, { tag: 'prod', takesTwo: true })
    const { changeId } = await planned(['prod', 'web'])
    const refused = await refusal(approveChange(ada, { changeId, digest, when: inAnHour() }))
    expect(refused).toMatchObject({ code: 'forbidden' })
    expect(refused.userMessage).toContain('Hosts tagged prod take two people')
    expect((await getChange(ada, changeId)).approvalRefusal).toBe(refused.userMessage)
    expect((await getChange(bob, changeId)).approvalRefusal).toBeNull()
    await approveChange(bob, { changeId, digest, when: inAnHour() })
    expect(await getChange(ada, changeId)).toMatchObject({ state: 'scheduled', approvedBy: 'bob' })
  })

  it('asks nothing of hosts with other tags', async () => {
    await setTwoPeople(admin, { tag: 'prod', takesTwo: true })
    const { changeId } = await planned(['web'])
    await approveChange(ada, { changeId, digest, when: inAnHour() })
    expect((await getChange(ada, changeId)).state).toBe('scheduled')
  })

  it('is set by an admin only, once, and recorded', async () => {
    expect(await refusal(setTwoPeople(bob, { tag: 'prod', takesTwo: true }))).toMatchObject({ code: 'forbidden' })
    for (const takesTwo of [true, true, false]) await setTwoPeople(admin, { tag: 'prod', takesTwo })
    const verbs = (await test.current().db.auditRow.findMany({ where: { object: 'setting', outcome: 'done' } })).map(
      (row) => row.verb,
    )
    expect(verbs).toEqual(['ask for two people', 'ask for one person'])
  })

  it('is not taken off a host by an operator', async () => {
    await setTwoPeople(admin, { tag: 'prod', takesTwo: true })
    const { hostId } = await planned(['prod', 'web'])
    const refused = await refusal(editHost(ada, { hostId, version: 0, tags: ['web'] }))
    expect(refused).toMatchObject({ code: 'invalid' })
    await editHost(ada, { hostId, version: 0, tags: ['prod'] })
    await editHost(admin, { hostId, version: 1, tags: [] })
    expect(await test.current().db.hostTag.count()).toBe(0)
  })
})
