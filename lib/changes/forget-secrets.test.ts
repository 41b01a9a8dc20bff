import { expect, it } from 'vitest'
import type { Plan, RunStep } from '@/lib/agent'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { dropChange } from './decide-change'
import { expireChanges } from './expire-changes'
import { forgetSecrets, withoutForgotten } from './forget-secrets'
import { openPlan, type PlanRecord, sealPlan } from './plan-record'

const test = withTestStore()
const secret = 'ro"ot'

const step: RunStep = {
  ...{
    kind: 'run',
    id: 'a',
    title: 'T',
    timeoutS: 1,
    run: ['client', `--user=${secret}`],
    input: `password=${secret}\n`,
  },
  undo: { run: ['x'], input: `again ${secret}`, timeoutS: 1 },
}
const plan: Plan = {
  ...{ agent: { id: 'a', version: 1 }, title: 'T', summary: 'S', checks: [], basis: [], findings: [], guard: null },
  phases: [{ id: 'p', title: 'P', hosts: [{ hostId: 'h', steps: [step, { ...step, id: 'b', input: 'other' }] }] }],
  secrets: [secret, 'kept'],
  forgets: [secret],
  nothingToDo: null,
}
const desired = { admin: { name: 'a', password: secret }, note: `not ${secret} alone` }
const record: PlanRecord = {
  origin: { kind: 'wizard', hostIds: ['h'], agentId: 'a', desired },
  ...{ plan, desired, hostKeys: {}, hosts: [], digest: 'd' },
}

async function planned(of: PlanRecord): Promise<number> {
  return work(async (tx) => {
    const data = { agentId: 'a', agentVersion: 1, title: 'T', summary: '', state: 'planned', digest: 'd' }
    const { id } = await tx.change.create({ data: { ...data, sealedPlan: sealPlan(of), askedBy: 'a', askedById: 'a' } })
    return id
  })
}
const keptOf = async (id: number) =>
  openPlan((await test.current().db.change.findUniqueOrThrow({ where: { id } })).sealedPlan)

it('empties each input with a secret that is forgotten and each word of the wish that is one, and nothing else', () => {
  const left = withoutForgotten(record)
  const [first, second] = left.plan.phases[0]?.hosts[0]?.steps ?? []
  expect(first).toEqual({ ...step, input: '', undo: { run: ['x'], input: '', timeoutS: 1 } })
  expect(second).toMatchObject({ input: 'other' })
  expect(left.plan).toMatchObject({ secrets: ['kept'], forgets: [] })
  expect(left.desired).toEqual({ admin: { name: 'a', password: '' }, note: desired.note })
  expect(left.origin).toEqual({ ...record.origin, desired: left.desired })
})

it('is done in the store when a change ends, also in the plan that waits for another approval', async () => {
  const id = await planned({ ...record, fresh: record })
  await work((tx) => forgetSecrets(tx, id))
  expect(await keptOf(id)).toEqual({ ...withoutForgotten(record), fresh: withoutForgotten(record) })
})

it('is done where a plan is dropped, and where it is left alone for a week', async () => {
  const [dropped, expired] = [await planned(record), await planned(record)]
  await dropChange(someone('operator'), { changeId: dropped })
  expect((await keptOf(dropped)).desired).toEqual(withoutForgotten(record).desired)
  await expireChanges(someone('admin'), new Date(Date.now() + 8 * 86_400_000))
  expect((await keptOf(expired)).desired).toEqual(withoutForgotten(record).desired)
})

it('leaves a plan alone that forgets nothing', async () => {
  const { forgets: _, ...others } = plan
  const id = await planned({ ...record, plan: others })
  const before = await keptOf(id)
  await work((tx) => forgetSecrets(tx, id))
  expect(await keptOf(id)).toEqual(before)
})
