import { beforeEach, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { listUnderWay } from './list-under-way'
import { makeApplied } from './testing/applied-change'
import { fileAgent } from './testing/file-agent'

const test = withTestStore()

beforeEach(() => setAgents([fileAgent('one', '/etc/one'), fileAgent('two', '/etc/two')]))

it('tells what an agent is at, on which hosts, and what ended last', async () => {
  const { db } = test.current()
  const hosts = await Promise.all([makeHost(db, { name: 'umber' }), makeHost(db, { name: 'sienna' })])
  const ids = hosts.map(({ id }) => id).toSorted()
  expect(await listUnderWay(someone('viewer'), 'one')).toEqual({ underWay: [], lastEnded: null })
  const first = await makeApplied({ hosts, wishes: [{ agentId: 'one', desired: { text: 'a' } }] })
  const second = await makeApplied({ hosts, wishes: [{ agentId: 'one', desired: { text: 'b' } }] })
  const other = await makeApplied({ hosts, wishes: [{ agentId: 'two', desired: { text: 'b' } }] })
  expect(await listUnderWay(someone('viewer'), 'one')).toEqual({ underWay: [], lastEnded: second })
  await db.change.updateMany({ where: { id: { in: [second, other] } }, data: { state: 'applying' } })
  const { underWay, lastEnded } = await listUnderWay(someone('viewer'), 'one')
  expect(underWay.map(({ changeId, hostIds }) => [changeId, hostIds.toSorted()])).toEqual([[second, ids]])
  expect(lastEnded).toBe(first)
})
