import { beforeEach, expect, it } from 'vitest'
import { setAgents } from '@/lib/changes/agents'
import { getChange } from '@/lib/changes/get-change'
import { makeApplied } from '@/lib/changes/testing/applied-change'
import { fileAgent } from '@/lib/changes/testing/file-agent'
import { shelfAgent } from '@/lib/changes/testing/shelf-agent'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { listStandingWishes } from './standing-work'
import { lookingAgent } from './testing'

const test = withTestStore()
let umber: { id: string; name: string }

beforeEach(async () => {
  setAgents([fileAgent('one', '/etc/one'), shelfAgent('shelf', '/etc/shelf')])
  umber = await makeHost(test.current().db, { name: 'umber' })
})

const on = (name: string, text: string) => ({ agentId: 'shelf', desired: { name, text } })
const one = (text: string) => ({ agentId: 'one', desired: { text } })
const apply = (...wishes: { agentId: string; desired: unknown }[]) => makeApplied({ hosts: [umber], wishes })
const wishes = async (agentId: string) =>
  (await listStandingWishes(someone('viewer'), agentId, [umber.id])).map(({ changeId, desired }) => [changeId, desired])

it('tells the newest wish about each thing, so that a later change about another loses none', async () => {
  await apply(on('a', 'old'))
  const a = await apply(on('a', 'new'))
  const b = await apply(on('b', 'x'))
  expect(await wishes('shelf')).toEqual([
    [b, { name: 'b', text: 'x' }],
    [a, { name: 'a', text: 'new' }],
  ])
  await makeApplied({ hosts: [umber], wishes: [on('b', 'back')], reverts: b })
  expect(await wishes('shelf')).toEqual([[a, { name: 'a', text: 'new' }]])
})

it('tells of a composed change what was wished of the agent itself', async () => {
  const composed = await apply(on('a', 'x'), one('1'))
  expect(await wishes('shelf')).toEqual([[composed, { name: 'a', text: 'x' }]])
  expect(await wishes('one')).toEqual([[composed, { text: '1', secrets: [] }]])
})

it('is looked at again only where its agent looks at such a wish', async () => {
  setAgents([lookingAgent('looking'), fileAgent('one', '/etc/one')])
  const isLookedAt = async (agentId: string, text: string) =>
    (await getChange(someone('viewer'), await apply({ agentId, desired: { text } }))).isLookedAtAgain
  expect(await isLookedAt('looking', 'watched')).toBe(true)
  expect(await isLookedAt('looking', 'unwatched')).toBe(false)
  expect(await isLookedAt('one', 'watched')).toBe(false)
})
