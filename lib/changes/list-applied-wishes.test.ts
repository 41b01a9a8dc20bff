import { beforeEach, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { listAppliedWishes } from './list-applied-wishes'
import { makeApplied } from './testing/applied-change'
import { shelfAgent } from './testing/shelf-agent'

const test = withTestStore()
let umber: { id: string; name: string }

beforeEach(async () => {
  setAgents([shelfAgent('shelf', '/etc/shelf')])
  umber = await makeHost(test.current().db, { name: 'umber' })
})

const apply = (text: string, reverts?: number) =>
  makeApplied({ hosts: [umber], wishes: [{ agentId: 'shelf', desired: { name: 'a', text } }], reverts })
const applied = async () => (await listAppliedWishes(someone('viewer'), 'shelf')).map(({ changeId }) => changeId)

it('is what was applied, the newest first, without what was taken back and what took it back', async () => {
  const [first, second] = [await apply('1'), await apply('2')]
  expect(await applied()).toEqual([second, first])
  const back = await apply('1', second)
  expect(await applied()).toEqual([first])
  await apply('2', back)
  expect(await applied()).toEqual([second, first])
})

it('knows other agents not at all', async () => {
  await apply('1')
  expect(await listAppliedWishes(someone('viewer'), 'other')).toEqual([])
})
