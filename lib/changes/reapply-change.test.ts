import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { confirmHostKey } from '@/lib/inventory/confirm-host-key'
import { createCredential } from '@/lib/inventory/create-credential'
import { scanHostKey } from '@/lib/inventory/scan-host-key'
import { type LocalSshd, noSshd, startSshd } from '@/lib/inventory/test-sshd'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { sshPool } from '@/lib/ssh'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { getChange } from './get-change'
import { openPlan } from './plan-record'
import { reapplyChange } from './reapply-change'
import { makeApplied } from './testing/applied-change'
import { fileAgent } from './testing/file-agent'
import { shelfAgent } from './testing/shelf-agent'

const test = withTestStore()
const operator = someone('operator')
const wish = (agentId: string, text: string) => ({ agentId, desired: { text } })

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-reapply-'))
  setAgents([fileAgent('one', join(dir, 'one')), fileAgent('two', join(dir, 'two'))])
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('what is not applied again', () => {
  let umber: { id: string; name: string }
  let sienna: { id: string; name: string }
  beforeEach(async () => {
    const { db } = test.current()
    ;[umber, sienna] = await Promise.all([makeHost(db, { name: 'umber' }), makeHost(db, { name: 'sienna' })])
  })
  const again = (changeId: number, ctx = operator) => reapplyChange(ctx, { changeId, hostId: umber.id })
  const sentenceOf = async (changeId: number) => {
    const refused = await refusalOf(again(changeId))
    expect(refused.code).toBe('conflict')
    return refused.userMessage
  }

  it('is anything, by a viewer', async () => {
    const changeId = await makeApplied({ hosts: [umber], wishes: [wish('one', 'a')] })
    expect(await refusalOf(again(changeId, someone('viewer')))).toMatchObject({ code: 'forbidden' })
    expect(await test.current().db.change.count()).toBe(1)
  })

  it('is a change that there is not', async () => {
    expect(await refusalOf(again(77))).toMatchObject({ code: 'not-found', userMessage: 'There is no change #77.' })
  })

  it('is a revert, and what it took back', async () => {
    const changeId = await makeApplied({ hosts: [umber], wishes: [wish('one', 'a')] })
    const revert = await makeApplied({ hosts: [umber], wishes: [wish('one', 'b')], reverts: changeId })
    expect(await sentenceOf(revert)).toContain(`took #${changeId} back`)
    expect(await sentenceOf(changeId)).toContain('not the last one that stands there')
  })

  it('is what a newer change came after, and what never stood', async () => {
    const older = await makeApplied({ hosts: [umber], wishes: [wish('one', 'a')] })
    await makeApplied({ hosts: [umber], wishes: [wish('one', 'b')] })
    const failed = await makeApplied({ hosts: [umber], wishes: [wish('one', 'c')], outcome: 'reverted' })
    for (const changeId of [older, failed]) expect(await sentenceOf(changeId)).toContain('not the last one')
  })

  it('is a change of which a host is gone', async () => {
    const changeId = await makeApplied({ hosts: [umber, sienna], wishes: [wish('one', 'a')] })
    await test.current().db.host.delete({ where: { id: sienna.id } })
    expect(await sentenceOf(changeId)).toMatch(/^sienna left the inventory/)
  })
})

describe.skipIf(noSshd)('applying a change again, on facts of a real host', () => {
  let sshd: LocalSshd
  let credentialId: string
  let umber: { id: string; name: string }
  beforeAll(async () => {
    sshd = await startSshd()
  })
  beforeEach(async () => {
    const key = await createCredential(someone('admin'), { kind: 'generate', name: 'key', algorithm: 'ed25519' })
    credentialId = key.id
    sshd.authorize(key.publicLine ?? '')
    umber = await add('umber')
  })
  afterEach(() => sshPool().close())
  afterAll(() => sshd.stop())

  async function add(name: string) {
    const admin = someone('admin')
    const host = await makeHost(test.current().db, { name, address: '127.0.0.1', port: sshd.port, credentialId })
    const { offered } = await scanHostKey(admin, { hostId: host.id })
    await confirmHostKey(admin, { hostId: host.id, fingerprints: offered.map((one) => one.fingerprint) })
    return host
  }
  const says = (name: string, text: string) => writeFileSync(join(dir, name), text)
  const again = (changeId: number) => reapplyChange(operator, { changeId, hostId: umber.id })

  it('plans the same wish, of all its agents, on what is read now', async () => {
    const before = await makeApplied({ hosts: [umber], wishes: [wish('two', 'two\n'), wish('one', 'one\n')] })
    says('one', 'edited\n')
    says('two', 'two\n')
    const planned = await again(before)
    if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
    const change = await getChange(operator, planned.changeId)
    expect(change).toMatchObject({ agentId: 'one', state: 'planned', revertsId: null })
    const steps = change.plan.phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps))
    expect(steps).toMatchObject([{ path: join(dir, 'one'), before: { bytes: 'edited\n' }, after: { bytes: 'one\n' } }])
    const { db } = test.current()
    const [first, second] = await db.change.findMany({ orderBy: { id: 'asc' } })
    if (!first || !second) throw new Error('expected two changes')
    expect(second.firstAgentIds).toBe('two')
    expect(openPlan(second.sealedPlan).origin).toEqual(openPlan(first.sealedPlan).origin)
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'plan change', objectId: String(planned.changeId), actor: 'the operator' })
    expect(JSON.parse(audit.detail)).toMatchObject({ again: before, hosts: ['umber'] })
  })

  it('says when nothing is to do', async () => {
    const before = await makeApplied({ hosts: [umber], wishes: [wish('one', 'one\n')] })
    says('one', 'one\n')
    expect(await again(before)).toEqual({ nothingToDo: `${join(dir, 'one')} is as asked already.` })
    expect(await test.current().db.change.count()).toBe(1)
  })

  it('is refused where it would write over a later change, on another host or of another agent', async () => {
    const sienna = await add('sienna')
    const both = await makeApplied({ hosts: [umber, sienna], wishes: [wish('one', 'one\n')] })
    const later = await makeApplied({ hosts: [sienna], wishes: [wish('one', 'later\n')] })
    says('one', 'edited\n')
    expect((await refusalOf(again(both))).userMessage).toContain(`Change #${later} came later on sienna`)
    const composed = await makeApplied({ hosts: [umber], wishes: [wish('two', 'two\n'), wish('one', 'one\n')] })
    says('two', 'edited\n')
    const own = await makeApplied({ hosts: [umber], wishes: [wish('two', 'later\n')] })
    expect((await refusalOf(again(composed))).userMessage).toContain(`Change #${own} came later on umber`)
    expect(await test.current().db.change.count({ where: { state: 'planned' } })).toBe(0)
  })

  it('goes on where a later change of its agent is about something else, unless that wrote the same file', async () => {
    setAgents([shelfAgent('shelf', dir)])
    const on = (name: string, more = {}) =>
      makeApplied({ hosts: [umber], wishes: [{ agentId: 'shelf', desired: { name, text: 'x\n', ...more } }] })
    const changeId = await on('a')
    await on('b')
    says('a', 'edited\n')
    expect(await again(changeId)).toHaveProperty('changeId')
    const same = await on('a', { scope: 'other' })
    expect((await refusalOf(again(changeId))).userMessage).toContain(`Change #${same} came later on umber`)
  })

  it('is refused where a later change about the same thing stands on another of its hosts, whatever that wrote', async () => {
    setAgents([shelfAgent('shelf', dir)])
    const sienna = await add('sienna')
    const wishes = (name: string) => [{ agentId: 'shelf', desired: { name, text: 'x\n', scope: 'same' } }]
    const both = await makeApplied({ hosts: [umber, sienna], wishes: wishes('a') })
    const later = await makeApplied({ hosts: [sienna], wishes: wishes('b') })
    expect((await refusalOf(again(both))).userMessage).toContain(`Change #${later} came later on sienna`)
  })

  it('goes on where a later change holds other work', async () => {
    const sienna = await add('sienna')
    const both = await makeApplied({ hosts: [umber, sienna], wishes: [wish('one', 'one\n')] })
    await makeApplied({ hosts: [sienna], wishes: [wish('two', 'later\n')] })
    const reverted = await makeApplied({ hosts: [sienna], wishes: [wish('one', 'later\n')] })
    await makeApplied({ hosts: [sienna], wishes: [wish('one', 'one\n')], reverts: reverted })
    says('one', 'edited\n')
    expect(await again(both)).toHaveProperty('changeId')
  })
})
