import { beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { listDrift } from './list-drift'
import { keepRead, makeApplied } from './testing/applied-change'
import { fileAgent } from './testing/file-agent'

const test = withTestStore()
let umber: { id: string; name: string }
let sienna: { id: string; name: string }

beforeEach(async () => {
  setAgents([fileAgent('one', '/etc/one'), fileAgent('two', '/etc/two')])
  const { db } = test.current()
  ;[umber, sienna] = await Promise.all([makeHost(db, { name: 'umber' }), makeHost(db, { name: 'sienna' })])
})

const wish = (agentId: string, text: string, more = {}) => ({ agentId, desired: { text, ...more } })
const seen = async (hostId?: string) =>
  (await listDrift(someone('viewer'), hostId)).map(
    (item) => `${item.hostName} ${item.agentId} #${item.changeId} ${item.what}: ${item.expected} > ${item.seen}`,
  )

describe('drift', () => {
  it('is what differs from the files of the plan that was applied, on each host', async () => {
    const changeId = await makeApplied({ hosts: [umber, sienna], wishes: [wish('one', 'a\nb\n')] })
    await keepRead(umber.id, { one: 'a\nB\n' })
    await keepRead(sienna.id, { one: 'a\nb\n' })
    expect(await seen()).toEqual([`umber one #${changeId} line 2 of /etc/one: b > B`])
    expect(await seen(sienna.id)).toEqual([])
    await keepRead(sienna.id, { one: null })
    expect(await seen(sienna.id)).toEqual([`sienna one #${changeId} /etc/one: there > not there`])
  })

  it('is not told of what was not read, nor of what was not applied', async () => {
    await makeApplied({ hosts: [umber], wishes: [wish('one', 'a\n')], outcome: 'reverted' })
    await keepRead(umber.id, { one: 'b\n' })
    expect(await seen()).toEqual([])
    await makeApplied({ hosts: [umber], wishes: [wish('two', 'a\n')], outcome: 'applied-unverified' })
    expect(await seen()).toEqual([])
  })

  it('is not told by a reading that began before the change had ended', async () => {
    const wishes = [wish('one', 'a\n')]
    await makeApplied({ hosts: [umber], wishes, endedAt: 2 })
    await keepRead(umber.id, { one: 'as it was before\n' })
    expect(await seen()).toEqual([])
    await makeApplied({ hosts: [umber], wishes, endedAt: 1 })
    expect(await seen()).toHaveLength(1)
  })

  it('of a composed change is that of each of its agents, by its own wish and its own files', async () => {
    const changeId = await makeApplied({ hosts: [umber], wishes: [wish('two', 'two\n'), wish('one', 'one\n')] })
    await keepRead(umber.id, { one: 'one\n', two: 'two\n' })
    expect(await seen()).toEqual([])
    await keepRead(umber.id, { one: 'ONE\n', two: 'TWO\n' })
    expect((await seen()).toSorted()).toEqual([
      `umber one #${changeId} line 1 of /etc/one: one > ONE`,
      `umber two #${changeId} line 1 of /etc/two: two > TWO`,
    ])
    expect((await listDrift(someone('viewer'))).map((item) => item.wizardId)).toEqual(['one', 'one'])
  })

  it('of an agent that found its part done already is held against its wish', async () => {
    const wishes = [wish('two', 'same\n'), wish('one', 'one\n')]
    const changeId = await makeApplied({ hosts: [umber], wishes, before: 'same\n' })
    await keepRead(umber.id, { one: 'one\n', two: 'other\n' })
    expect(await seen()).toEqual([`umber two #${changeId} line 1 of /etc/two: same > other`])
  })

  it('counts the newest change of each agent, alone or composed', async () => {
    await makeApplied({ hosts: [umber], wishes: [wish('two', 'old\n')] })
    const composed = await makeApplied({ hosts: [umber], wishes: [wish('two', 'two\n'), wish('one', 'old\n')] })
    const newest = await makeApplied({ hosts: [umber], wishes: [wish('one', 'one\n')] })
    await keepRead(umber.id, { one: 'x\n', two: 'x\n' })
    expect((await seen()).toSorted()).toEqual([
      `umber one #${newest} line 1 of /etc/one: one > x`,
      `umber two #${composed} line 1 of /etc/two: two > x`,
    ])
  })

  it('of no agent is told once its change was taken back, also where the revert had nothing to do', async () => {
    const wishes = [wish('two', 'two\n'), wish('one', 'one\n')]
    const reverts = await makeApplied({ hosts: [umber, sienna], wishes })
    for (const { id } of [umber, sienna]) await keepRead(id, { one: 'x\n', two: 'x\n' })
    expect(await seen()).toHaveLength(4)
    const revert = { wishes: [wish('one', 'back\n')], reverts }
    await makeApplied({ ...revert, hosts: [umber], outcome: 'reverted' })
    expect(await seen()).toHaveLength(4)
    await makeApplied({ ...revert, hosts: [umber] })
    expect(await seen()).toEqual([])
  })

  it('shows no secret of the plan', async () => {
    const secrets = ['hunter2']
    await makeApplied({ hosts: [umber], wishes: [wish('one', 'password hunter2\n', { secrets })] })
    await keepRead(umber.id, { one: 'PASSWORD hunter2\n' })
    const [item] = await seen()
    expect(item).toContain('password ••••••')
    expect(item).not.toContain('hunter2')
  })
})
