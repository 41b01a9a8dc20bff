import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests, waitUntil } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx, Role } from '@/lib/auth/actor'
import { instanceId } from '@/lib/config/instance-id'
import { withTestStore } from '@/lib/db/test-store'
import { withHost } from '@/lib/inventory/with-host'
import { createSshPool, type SshPool, sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { setAgents } from './agents'
import { planChange } from './ask-change'
import { breakLock } from './break-lock'
import { approveChange } from './decide-change'
import { changesSettled } from './engine'
import { getChange } from './get-change'
import { uploadScript } from './on-host/upload-script'
import { openPlan, sealPlan } from './plan-record'
import { planScript } from './plan-script'
import { readFootprint } from './read-footprint'
import { readJournal } from './read-journal'
import { removeFootprint } from './remove-footprint'
import { hostRunsOf } from './run/host-run'
import { type TestDesired, testAgent } from './testing/test-agent'

const running = hostsForTests()
const test = withTestStore()
const path = '/etc/managed.conf'
const root = '/var/lib/pollux'
let ctx: Ctx

beforeEach(async () => {
  ctx = await as('admin')
  setAgents([testAgent(path)])
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
})

async function as(role: Role): Promise<Ctx> {
  const user = await makeUser(test.current().db, { name: `the ${role}`, role })
  return { actor: { kind: 'user', id: user.id, name: user.name, role }, requestId: 'test' }
}

describe.each(['birch', 'oldnas'].filter((name) => running.some((host) => host.name === name)))('on %s', (name) => {
  const sh = async (script: string) => (await hostExec(name, ['sh', '-c', script])).stdout
  const fileSays = () => sh(`cat ${path}`)
  /** Everything on the host that is named after Pollux. */
  const named = async () =>
    (
      await sh(
        `find / '(' -path /proc -o -path /sys -o -path /dev -o -path /run ')' -prune -o -iname '*pollux*' -print | sort`,
      )
    )
      .split('\n')
      .filter(Boolean)

  beforeEach(() => sh(`rm -rf ${root}; printf 'old\n' > ${path}; chmod 640 ${path}`))
  afterEach(() => sh(`rm -rf ${root} ${path} /root/the-plan.sh`))

  async function add(): Promise<string> {
    const lab = running.find((host) => host.name === name)
    if (!lab) throw new Error(`expected ${name} to run`)
    return (await makeLabHost(test.current().db, lab)).id
  }
  async function plan(hostId: string, wish: Partial<TestDesired> = {}): Promise<number> {
    const desired = { path, bytes: 'new\n', ...wish }
    const planned = await planChange(ctx, { agentId: 'test', desired, hostIds: [hostId] })
    if ('nothingToDo' in planned) throw new Error(planned.nothingToDo)
    return planned.changeId
  }
  async function begin(changeId: number): Promise<void> {
    const { digest } = await getChange(ctx, changeId)
    await approveChange(ctx, { changeId, digest })
  }
  async function apply(changeId: number) {
    await begin(changeId)
    await changesSettled()
    return getChange(ctx, changeId)
  }
  const text = async (changeId: number) =>
    (await readJournal(ctx, changeId, 0)).lines.map((line) => line.text).join('\n')
  const lastAudit = () => test.current().db.auditRow.findFirst({ orderBy: { id: 'desc' } })
  const own = (owner: string) => sh(`mkdir -p ${root}/lock; printf '${owner}' > ${root}/lock/owner`)
  const isLocked = async () => (await hostExec(name, ['test', '-d', `${root}/lock`])).code === 0

  it('leaves nothing named after it once its files are removed', async () => {
    const before = await named()
    const host = await add()
    const change = await apply(await plan(host))
    expect(change).toMatchObject({ outcome: 'applied' })
    expect(await apply(await plan(host, { bytes: 'newer\n', expected: 'else' }))).toMatchObject({ outcome: 'reverted' })
    const found = await readFootprint(ctx, { hostId: host })
    expect(found).toMatchObject({ lock: null, boot: [], staged: [], roots: [{ path: root }] })
    expect(found.folders.map((folder) => [folder.state, folder.outcome])).toEqual([
      ['ended', 'applied'],
      ['ended', 'reverted'],
    ])
    expect(await sh(`ls ${root}`)).toBe('changes\n')
    expect(await named()).toEqual(expect.arrayContaining([root]))
    await removeFootprint(ctx, { hostId: host })
    expect(await named()).toEqual(before)
    expect(await fileSays()).toBe('new\n')
    expect(await lastAudit()).toMatchObject({ verb: 'remove files from host', objectId: host })
    expect((await getChange(ctx, change.id)).hosts[0]?.directory).toBe(null)
  })

  it('removes nothing while a change runs, and for nobody but an admin', async () => {
    const host = await add()
    const operator = await as('operator')
    await expect(removeFootprint(operator, { hostId: host })).rejects.toMatchObject({ code: 'forbidden' })
    const changeId = await plan(host, { sleepS: 2 })
    await begin(changeId)
    await waitUntil('it was written', async () => (await fileSays()) === 'new\n', 30)
    await expect(removeFootprint(ctx, { hostId: host })).rejects.toMatchObject({ code: 'locked' })
    // As another dashboard sees it: only the host can tell.
    await test.current().db.change.update({ where: { id: changeId }, data: { state: 'ended' } })
    await expect(removeFootprint(ctx, { hostId: host })).rejects.toMatchObject({ code: 'locked' })
    const { lock } = await readFootprint(ctx, { hostId: host })
    expect(lock).toMatchObject({ state: 'armed', holder: { instance: instanceId(), changeId } })
    await expect(breakLock(ctx, { hostId: host, owner: lock?.owner ?? '' })).rejects.toMatchObject({
      code: 'locked',
      userMessage: expect.stringContaining(`sh ${root}/changes/${instanceId()}-${changeId}/undo`),
    })
    await changesSettled()
    expect(await fileSays()).toBe('new\n')
  })

  it('refuses while another dashboard’s change is armed, and says whose', async () => {
    const host = await add()
    await sh(`mkdir -p ${root}/changes/otherone-9/state; : > ${root}/changes/otherone-9/state/armed`)
    await own('otherone-9 aboot 1\n')
    const changeId = await plan(host)
    const change = await apply(changeId)
    expect(change).toMatchObject({ outcome: 'not-started', lockedHosts: [{ id: host, name }] })
    expect(change.detail).toContain('change #9 of another Pollux (otherone)')
    expect(change.detail).toContain('under way')
    expect(await text(changeId)).toContain('before the host booted last')
    const attempt = breakLock(ctx, { hostId: host, owner: 'otherone-9 aboot 1' })
    await expect(attempt).rejects.toMatchObject({ code: 'locked' })
    expect([await isLocked(), await fileSays()]).toEqual([true, 'old\n'])
  })

  it('shows a stale lock of another dashboard, and an admin breaks it', async () => {
    const host = await add()
    await own('otherone-9 aboot 1\n')
    const changeId = await plan(host)
    expect((await apply(changeId)).detail).toContain('an admin can break it')
    const { lock, isLockBreakable } = await readFootprint(ctx, { hostId: host })
    expect([lock?.state, isLockBreakable]).toEqual(['gone', true])
    const owner = lock?.owner ?? ''
    const operator = await as('operator')
    await expect(breakLock(operator, { hostId: host, owner })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(breakLock(ctx, { hostId: host, owner: 'otherone-10 b 1' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await isLocked()).toBe(true)
    await breakLock(ctx, { hostId: host, owner })
    expect(await lastAudit()).toMatchObject({ verb: 'break lock', objectId: host, detail: JSON.stringify({ owner }) })
    expect(await isLocked()).toBe(false)
    expect(await apply(await plan(host))).toMatchObject({ outcome: 'applied' })
  })

  it('lets an admin break a lock whose owner is empty, once nobody can be taking it', async () => {
    const host = await add()
    await own('')
    expect((await apply(await plan(host))).detail).toContain('empty or cut off')
    await expect(breakLock(ctx, { hostId: host, owner: '' })).rejects.toMatchObject({ code: 'locked' })
    await sh(`touch -d '2026-01-02 03:04:05' ${root}/lock || touch -t 202601020304 ${root}/lock`)
    await breakLock(ctx, { hostId: host, owner: '' })
    expect(await isLocked()).toBe(false)
  })

  // A shell that has dd in itself cannot be held by another one.
  it.runIf(name === 'birch')(
    'cleans up by itself what an upload of its own left that was killed in its middle',
    async () => {
      const host = await add()
      const killed = await plan(host)
      // Stands in for the program that the upload makes its ballast with, and holds it there.
      const dd = '/usr/local/sbin/dd'
      const held = '/tmp/upload-is-held'
      await sh(
        `mkdir -p /usr/local/sbin; printf '#!/bin/sh\\necho $$ > ${held}\\nexec sleep 600\\n' > ${dd}; chmod 755 ${dd}`,
      )
      try {
        await begin(killed)
        await waitUntil('the upload is held', async () => (await sh(`cat ${held} 2>/dev/null`)) !== '', 30)
        await sh(`read -r folder boot since pid born < ${root}/lock/owner; kill -9 $pid $(cat ${held})`)
      } finally {
        await sh(`rm -f ${dd} ${held}`)
      }
      await changesSettled()
      expect(await getChange(ctx, killed)).toMatchObject({ outcome: 'not-started' })
      expect([await isLocked(), await fileSays()]).toEqual([true, 'old\n'])
      const next = await apply(await plan(host))
      expect(next).toMatchObject({ outcome: 'applied' })
      expect(await text(next.id)).toContain(`a lock that change #${killed} of this Pollux left was cleaned up`)
      expect(await sh(`ls ${root}/changes; ls -a /etc | grep '^.pollux'`)).toBe(`${instanceId()}-${next.id}\n`)
    },
  )

  it('cleans up what an upload left that ended in its middle, of its own installation alone', async () => {
    const host = await add()
    const cut = await plan(host)
    const { sealedPlan } = await test.current().db.change.findUniqueOrThrow({ where: { id: cut } })
    const [run] = await hostRunsOf(cut, openPlan(sealedPlan))
    if (!run) throw new Error('expected a host')
    const result = await run.script(uploadScript(run.work).replace('\ndd if=', () => '\nkill -9 $$\ndd if='))
    expect([result.exitCode === 0, await isLocked()]).toEqual([false, true])
    // As long as the store has it running, nobody takes its lock.
    await test.current().db.change.update({ where: { id: cut }, data: { state: 'planned' } })
    expect(await apply(await plan(host))).toMatchObject({ outcome: 'not-started' })
    expect(await isLocked()).toBe(true)
    await test.current().db.change.update({ where: { id: cut }, data: { state: 'ended' } })
    const next = await apply(await plan(host))
    expect(next).toMatchObject({ outcome: 'applied' })
    expect(await text(next.id)).toContain(`a lock that change #${cut} of this Pollux left was cleaned up`)
  })

  it('gives a guarded script that only a new login confirms', async () => {
    const host = await add()
    const changeId = await plan(host)
    const { sealedPlan } = await test.current().db.change.findUniqueOrThrow({ where: { id: changeId } })
    const record = openPlan(sealedPlan)
    const guarded = { ...record, plan: { ...record.plan, guard: { why: 'Reach could be lost.', outlasts: [] } } }
    await test.current().db.change.update({ where: { id: changeId }, data: { sealedPlan: sealPlan(guarded) } })
    const { text: script } = await planScript(ctx, { changeId, hostId: host })
    let said = ''
    const by = (pool: SshPool, input: string, ...words: string[]) =>
      withHost(host, (target) =>
        pool.run(target, ['sh', '/root/the-plan.sh', ...words], {
          input,
          timeoutMs: 60_000,
          onStdout: (chunk) => {
            said += chunk.toString()
          },
        }),
      )
    await hostExec(name, ['sh', '-c', 'cat > /root/the-plan.sh'], { input: script })
    const first = by(sshPool(), '')
    await waitUntil('it asks for a new login', async () => said.includes('log in ANEW'), 30)
    const same = await by(sshPool(), 'yes\n', 'confirm')
    expect([same.exitCode, same.stderr]).toEqual([1, expect.stringContaining('the login that began it')])
    const another = createSshPool()
    try {
      expect((await by(another, 'yes\n', 'confirm')).exitCode).toBe(0)
    } finally {
      await another.close()
    }
    const done = await first
    expect([done.exitCode, await fileSays()]).toEqual([0, 'new\n'])
  })

  it('gives a script that does the same by hand, over SSH', async () => {
    const host = await add()
    const changeId = await plan(host)
    const viewer = await as('viewer')
    await expect(planScript(viewer, { changeId, hostId: host })).rejects.toMatchObject({ code: 'forbidden' })
    const { text: script, fileName } = await planScript(await as('operator'), { changeId, hostId: host })
    expect(fileName).toBe(`pollux-${changeId}-${name}.sh`)
    expect(await lastAudit()).toMatchObject({ verb: 'download script', objectId: String(changeId) })
    const on = (argv: readonly [string, ...string[]], input?: string) =>
      withHost(host, (target) => sshPool().run(target, argv, { input, timeoutMs: 60_000 }))
    await on(['sh', '-c', 'cat > /root/the-plan.sh'], script)
    const by = async (...words: string[]) => {
      const done = await on(['sh', '/root/the-plan.sh', ...words])
      return { code: done.exitCode, said: done.stdout.toString() + done.stderr }
    }
    expect(await by('--show')).toMatchObject({ code: 0, said: expect.stringContaining('All is still as the plan') })
    expect((await hostExec(name, ['test', '-e', root])).code).not.toBe(0)
    expect(await by()).toMatchObject({ code: 0, said: expect.stringContaining('Done and proved') })
    expect(await fileSays()).toBe('new\n')
    expect(await by()).toMatchObject({ code: 0, said: expect.stringContaining('Nothing to do') })
    expect((await readFootprint(ctx, { hostId: host })).folders).toMatchObject([
      { name: `${instanceId()}-${changeId}-script`, state: 'ended', outcome: 'applied' },
    ])
    expect(await by('undo')).toMatchObject({ code: 0, said: expect.stringContaining('as it was before') })
    expect(await fileSays()).toBe('old\n')
    expect(await sh(`ls -l ${path}`)).toMatch(/^-rw-r-----/)
    expect(await sh(`ls ${root}; ls -a /etc | grep '^.pollux'`)).toBe('changes\n')
    // Pollux itself is held off by it as by any other change.
    await own(`${instanceId()}-${changeId}-script aboot 1\n`)
    expect((await apply(changeId)).detail).toContain(`change #${changeId} (its script) of this Pollux`)
  })
})
