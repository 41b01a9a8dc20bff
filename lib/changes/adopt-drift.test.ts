import { beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { adoptDrift } from './adopt-drift'
import { setAgents } from './agents'
import { listDrift } from './list-drift'
import { keepRead, makeApplied } from './testing/applied-change'
import { fileAgent } from './testing/file-agent'
import { shelfAgent } from './testing/shelf-agent'

const test = withTestStore()
const operator = someone('operator')
let umber: { id: string; name: string }
let changeId: number

beforeEach(async () => {
  setAgents([fileAgent('one', '/etc/one'), fileAgent('two', '/etc/two')])
  umber = await makeHost(test.current().db, { name: 'umber' })
  changeId = await applied('a\nb\nc')
  await keepRead(umber.id, { one: 'a\nB\nC' })
})

const wish = (agentId: string, text: string) => ({ agentId, desired: { text } })
const applied = (text: string) => makeApplied({ hosts: [umber], wishes: [wish('one', text)] })
const shown = async () => (await listDrift(operator, umber.id)).map(({ what, seen }) => ({ what, seen }))
const line = (at: number, seen: string) => ({ what: `line ${at} of /etc/one`, seen })
const adopt = (items: { what: string; seen: string }[], more = {}) =>
  adoptDrift(operator, { hostId: umber.id, agentId: 'one', changeId, items, ...more })

describe('taking a host as it is', () => {
  it('shows no more what was seen, and again whatever differs otherwise', async () => {
    await adopt([line(3, 'C'), line(2, 'B')])
    expect(await shown()).toEqual([])
    await keepRead(umber.id, { one: 'a\nB\nanother' })
    expect(await shown()).toEqual([line(3, 'another')])
    await keepRead(umber.id, { one: 'x\nB\nC' })
    expect(await shown()).toEqual([line(1, 'x')])
  })

  it('keeps what was taken before beside what is taken now', async () => {
    await adopt(await shown())
    await keepRead(umber.id, { one: 'a\nB\nD' })
    await adopt([line(3, 'D')])
    expect(await shown()).toEqual([])
    await keepRead(umber.id, { one: 'a\nB\nC' })
    expect(await shown()).toEqual([line(3, 'C')])
  })

  it('is recorded with what was taken', async () => {
    await adopt([line(2, 'B'), line(3, 'C')])
    const audit = await lastAudit(test.current().db)
    const { detail, ...row } = audit
    expect(row).toEqual({
      verb: 'adopt drift',
      object: 'host',
      objectId: umber.id,
      label: 'umber',
      outcome: 'done',
      actor: 'the operator',
    })
    expect(JSON.parse(detail)).toEqual({ changeId, agent: 'one', items: [line(2, 'B'), line(3, 'C')] })
    expect(await test.current().db.driftAdoption.findMany()).toMatchObject([{ by: 'the operator', changeId }])
  })

  it('is not a viewer’s', async () => {
    const items = await shown()
    const input = { hostId: umber.id, agentId: 'one', changeId, items }
    expect(await refusalOf(adoptDrift(someone('viewer'), input))).toMatchObject({ code: 'forbidden' })
    expect(await shown()).toEqual(items)
  })

  it.each([
    ['reads otherwise by now', [line(2, 'B'), line(3, 'c2')]],
    ['differs in more', [line(2, 'B')]],
    ['differs in less', [line(1, 'A'), line(2, 'B'), line(3, 'C')]],
  ])('is refused where the host %s', async (_, items) => {
    const refused = await refusalOf(adopt(items))
    expect(refused).toMatchObject({ code: 'conflict' })
    expect(refused.userMessage).toContain('no longer what was on your screen')
    expect(await test.current().db.driftAdoption.count()).toBe(0)
    expect(await shown()).toHaveLength(2)
  })

  it('is refused where nothing differs, and the second time', async () => {
    const items = await shown()
    await adopt(items)
    expect((await refusalOf(adopt(items))).userMessage).toContain('Nothing is left to take')
    await keepRead(umber.id, { one: 'a\nb\nc' })
    expect(await refusalOf(adopt(items))).toMatchObject({ code: 'conflict' })
  })

  it('is refused for a change that is not the last one, a host that is gone, and an agent that did nothing', async () => {
    const items = await shown()
    const newer = await applied('a\nb\nc')
    expect((await refusalOf(adopt(items))).userMessage).toContain(`#${changeId} is no longer`)
    expect(await refusalOf(adopt(items, { changeId: newer, agentId: 'two' }))).toMatchObject({ code: 'conflict' })
    expect(await refusalOf(adopt(items, { hostId: 'gone' }))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(adopt([], { changeId: newer }))).toMatchObject({ code: 'invalid' })
  })

  it('does not hide the drift of a newer change', async () => {
    const items = await shown()
    await adopt(items)
    const newer = await applied('a\nb\nc')
    expect(await shown()).toEqual(items)
    await adopt(items, { changeId: newer })
    expect(await shown()).toEqual([])
  })

  it('is of one of two changes of an agent that stand, and of each in its turn', async () => {
    setAgents([shelfAgent('shelf', '/etc/shelf')])
    const on = (name: string) =>
      makeApplied({ hosts: [umber], wishes: [{ agentId: 'shelf', desired: { name, text: 'x' } }] })
    const [a, b] = [await on('a'), await on('b')]
    await keepRead(umber.id, { shelf: { a: 'y', b: 'y' } })
    const item = (name: string) => ({ what: `line 1 of /etc/shelf/${name}`, seen: 'y' })
    const take = (id: number, name: string) => adopt([item(name)], { agentId: 'shelf', changeId: id })
    expect(await shown()).toEqual([item('b'), item('a')])
    expect((await refusalOf(take(b, 'a'))).userMessage).toContain('no longer what was on your screen')
    await take(a, 'a')
    expect(await shown()).toEqual([item('b')])
    await take(b, 'b')
    expect(await shown()).toEqual([])
    expect(await test.current().db.driftAdoption.count()).toBe(2)
  })

  it('is of one agent and one host, also where others differ in the same words', async () => {
    setAgents([fileAgent('one', '/etc/one'), fileAgent('two', '/etc/one')])
    const sienna = await makeHost(test.current().db, { name: 'sienna' })
    const wishes = [wish('two', 'as before'), wish('one', 'a')]
    changeId = await makeApplied({ hosts: [umber, sienna], wishes, before: 'as before' })
    for (const { id } of [umber, sienna]) await keepRead(id, { one: 'x', two: 'x' })
    const agents = async (hostId: string) => (await listDrift(operator, hostId)).map((item) => item.agentId)
    expect(await shown()).toEqual([line(1, 'x'), line(1, 'x')])
    await adopt([line(1, 'x')])
    expect([await agents(umber.id), await agents(sienna.id)]).toEqual([['two'], ['one', 'two']])
  })
})
