import { beforeEach, describe, expect, it } from 'vitest'
import { read } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { listDrift } from './list-drift'
import { standingChanges } from './standing-changes'
import { keepRead, makeApplied } from './testing/applied-change'
import { fileAgent } from './testing/file-agent'
import { shelfAgent } from './testing/shelf-agent'

const test = withTestStore()
let umber: { id: string; name: string }
let sienna: { id: string; name: string }

beforeEach(async () => {
  setAgents([fileAgent('one', '/etc/one'), shelfAgent('shelf', '/etc/shelf')])
  const { db } = test.current()
  ;[umber, sienna] = await Promise.all([makeHost(db, { name: 'umber' }), makeHost(db, { name: 'sienna' })])
})

const on = (name: 'a' | 'b', text = 'x', more = {}) => ({ agentId: 'shelf', desired: { name, text, ...more } })
const apply = (...wishes: { agentId: string; desired: unknown }[]) => makeApplied({ hosts: [umber], wishes })
const takeBack = (reverts: number, more = {}) =>
  makeApplied({ hosts: [umber], wishes: [on('b', 'back')], reverts, ...more })
const standing = async (hostId = umber.id) =>
  (await read((tx) => standingChanges(tx, [hostId]))).map(
    ({ changeId, agentId, scope }) => `#${changeId} ${agentId} ${scope}`,
  )
const spoil = (id: number) =>
  test.current().db.change.update({ where: { id }, data: { sealedPlan: new Uint8Array([1, 2]) } })

describe('of an agent whose wishes are about several things', () => {
  it('the last change about each stands, and hides no other', async () => {
    const [old, other, newer] = [await apply(on('a', 'old')), await apply(on('b')), await apply(on('a', 'new'))]
    expect(await standing()).toEqual([`#${newer} shelf a`, `#${other} shelf b`])
    await keepRead(umber.id, { shelf: { a: 'edited', b: 'edited' } })
    const drift = await listDrift(someone('viewer'), umber.id)
    expect(drift.map(({ changeId, what, expected }) => [changeId, what, expected])).toEqual([
      [newer, 'line 1 of /etc/shelf/a', 'new'],
      [other, 'line 1 of /etc/shelf/b', 'x'],
    ])
    expect(drift.map(({ changeId }) => changeId)).not.toContain(old)
  })

  it('each host has its own', async () => {
    const both = await makeApplied({ hosts: [umber, sienna], wishes: [on('a')] })
    const later = await apply(on('a', 'y'))
    expect([await standing(), await standing(sienna.id)]).toEqual([[`#${later} shelf a`], [`#${both} shelf a`]])
  })

  it('a revert is about what it took back, whatever its own words', async () => {
    const [a, b] = [await apply(on('a')), await apply(on('b'))]
    await takeBack(a)
    expect(await standing()).toEqual([`#${b} shelf b`])
    const again = await apply(on('a', 'again'))
    expect(await standing()).toEqual([`#${again} shelf a`, `#${b} shelf b`])
    await takeBack(b)
    expect(await standing()).toEqual([`#${again} shelf a`])
  })

  it('a revert of a revert is about the same, and so is that of a change that ended split', async () => {
    const [a, b] = [await apply(on('a')), await apply(on('b'))]
    await takeBack(await takeBack(a))
    expect(await standing()).toEqual([`#${b} shelf b`])
    const split = await makeApplied({ hosts: [umber], wishes: [on('a', 'half')], outcome: 'split' })
    await takeBack(split)
    expect(await standing()).toEqual([`#${b} shelf b`])
    await apply(on('a', 'third'))
    const half = await makeApplied({ hosts: [umber], wishes: [on('a', 'half')], outcome: 'split' })
    await takeBack(half)
    expect(await standing()).toEqual([`#${b} shelf b`])
  })

  it('a composed change has a part for each agent, and only that of the same thing is taken over', async () => {
    const composed = await apply(on('a'), { agentId: 'one', desired: { text: '1' } })
    const other = await apply(on('b'))
    expect(await standing()).toEqual([`#${other} shelf b`, `#${composed} one `, `#${composed} shelf a`])
    const over = await apply(on('a', 'y'))
    expect(await standing()).toEqual([`#${over} shelf a`, `#${other} shelf b`, `#${composed} one `])
    const one = await apply({ agentId: 'one', desired: { text: '2' } })
    expect(await standing()).toEqual([`#${one} one `, `#${over} shelf a`, `#${other} shelf b`])
  })

  it('a wish that this version does not understand is about nothing that it could name', async () => {
    const a = await apply(on('a'))
    const agent = shelfAgent('shelf', '/etc/shelf')
    setAgents([{ ...agent, desired: agent.desired.refine(({ name }) => name !== 'a') }])
    const b = await apply(on('b'))
    expect(await standing()).toEqual([`#${b} shelf b`, `#${a} shelf `])
  })
})

describe('a plan', () => {
  it('is opened for its scope', async () => {
    await spoil(await apply(on('a')))
    await apply(on('a'))
    await expect(standing()).rejects.toThrow('could not open')
  })

  it('is left closed where a newer change stands in its place, and the agent has no scopes', async () => {
    const wish = { agentId: 'one', desired: { text: '1' } }
    await spoil(await apply(wish))
    const newer = await apply(wish)
    expect(await standing()).toEqual([`#${newer} one `])
  })

  it('of another host is left closed', async () => {
    await spoil(await makeApplied({ hosts: [sienna], wishes: [on('a')] }))
    const a = await apply(on('a'))
    expect(await standing()).toEqual([`#${a} shelf a`])
  })
})
