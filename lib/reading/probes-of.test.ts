import { afterEach, expect, it } from 'vitest'
import { defineProbe } from '@/lib/agent'
import { withTestStore } from '@/lib/db/test-store'
import { printStoredFacts, type StoredFacts } from '@/lib/inventory/stored-facts'
import { makeHost } from '@/prisma/factories'
import { setAgentProbes } from './agent-probes'
import { probesOf, type Tier } from './probes-of'

const test = withTestStore()
afterEach(() => setAgentProbes([]))

const probe = (id: string, onlyWhereChanged?: true) =>
  defineProbe({
    id,
    timeoutS: 1,
    readings: {},
    parse: () => ({ state: 'read', value: id }),
    ...(onlyWhereChanged ? { onlyWhereChanged } : {}),
  })

const change = (hostId: string, agentId: string, outcome: string, firstAgentIds = '') =>
  test.current().db.change.create({
    data: {
      agentId,
      agentVersion: 1,
      firstAgentIds,
      askedBy: 'ada',
      askedById: 'id-of-ada',
      title: 'x',
      summary: 'x',
      digest: 'x',
      sealedPlan: new Uint8Array(),
      state: 'ended',
      outcome,
      hosts: { create: { hostId, hostKeptId: hostId, hostName: 'x' } },
    },
  })

const asked = async (hostId: string, tier: Tier = 'cheap', now?: number) =>
  (await probesOf(hostId, tier, now)).map(({ id }) => id).filter((id) => ['light', 'costly'].includes(id))

it('asks what costs a host more only where a change of that agent was applied', async () => {
  setAgentProbes([probe('light'), probe('costly', true)])
  const { db } = test.current()
  const [none, undone, other, done, first] = await Promise.all([1, 2, 3, 4, 5].map(() => makeHost(db)))
  if (!none || !undone || !other || !done || !first) throw new Error('expected five hosts')
  await change(undone.id, 'costly', 'reverted')
  await change(other.id, 'light', 'applied')
  await change(done.id, 'costly', 'applied')
  await change(first.id, 'light', 'applied-unverified', 'x costly')
  expect(await asked(none.id)).toEqual(['light'])
  expect(await asked(undone.id)).toEqual(['light'])
  expect(await asked(other.id)).toEqual(['light'])
  expect(await asked(done.id)).toEqual(['light', 'costly'])
  expect(await asked(first.id)).toEqual(['light', 'costly'])
})

it('asks it once an hour, and with every deep reading', async () => {
  setAgentProbes([probe('light'), probe('costly', true)])
  const { db } = test.current()
  const host = await makeHost(db)
  await change(host.id, 'costly', 'applied')
  const at = Date.now()
  const results = { costly: { at, found: { state: 'read', value: 1 } } }
  await db.host.update({
    where: { id: host.id },
    data: { latestFacts: printStoredFacts({ results, problems: [] } as unknown as StoredFacts) },
  })
  expect(await asked(host.id, 'cheap', at + 58 * 60_000)).toEqual(['light'])
  expect(await asked(host.id, 'cheap', at + 60 * 60_000)).toEqual(['light', 'costly'])
  expect(await asked(host.id, 'deep', at + 1000)).toEqual(['light', 'costly'])
  // What was read before a change ended says how the host was before it.
  await db.change.updateMany({ data: { endedAt: new Date(at + 1000) } })
  expect(await asked(host.id, 'cheap', at + 2000)).toEqual(['light', 'costly'])
  await db.change.updateMany({ data: { endedAt: new Date(at - 1000) } })
  expect(await asked(host.id, 'cheap', at + 2000)).toEqual(['light'])
})
