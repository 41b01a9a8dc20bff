import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { readJournal } from '@/lib/changes/read-journal'
import { reapplyChange } from '@/lib/changes/reapply-change'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { type BaculaDesired, baculaAgent } from '.'
import { dirConf, polluxConf } from './paths'

const running = hostsForTests()
const directors = running.filter((host) => ['willow', 'poplar', 'aspen'].includes(host.name)).map((host) => host.name)
const test = withTestStore()
let ctx: Ctx
let hostId: string

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'operator' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
  setAgents([baculaAgent])
  setAgentProbes([baculaAgent.probe])
  const lab = running.find((host) => host.name === expect.getState().currentTestName?.match(/willow|poplar|aspen/)?.[0])
  if (lab) hostId = (await makeLabHost(test.current().db, lab)).id
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
})

const plan = (operation: BaculaDesired['operation']) =>
  planChange(ctx, { agentId: 'bacula', desired: { operation }, hostIds: [hostId] })

async function apply(planned: Awaited<ReturnType<typeof plan>>) {
  if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
  const { digest } = await getChange(ctx, planned.changeId)
  await approveChange(ctx, { changeId: planned.changeId, digest })
  await changesSettled()
  const change = await getChange(ctx, planned.changeId)
  const { lines } = await readJournal(ctx, planned.changeId, 0)
  return { ...change, journal: JSON.stringify(lines) }
}

const revert = async (changeId: number) => apply(await revertChange(ctx, { changeId }))

/** What bconsole says to these lines, out of band. */
async function said(name: string, ...lines: string[]): Promise<string> {
  const input = [...lines, 'quit', ''].join('\n')
  return (await hostExec(name, ['bconsole', '-n', '-c', '/etc/bacula/bconsole.conf'], { input })).stdout
}

const file = async (name: string, path: string) => (await hostExec(name, ['cat', path])).stdout
/** New each time: the director keeps what earlier runs asked for. */
const tag = () => `pollux-${randomBytes(7).toString('hex')}`

const wish = (job: string, mark: string) =>
  ({ kind: 'run', job, level: null, client: null, fileSet: null, tag: mark }) as const

describe.each(directors)('on %s', { timeout: 900_000 }, (name) => {
  it('runs a job, which the director shows, and a revert cancels it', async () => {
    const mark = tag()
    const change = await apply(await plan(wish('BackupSlow', mark)))
    expect(change.journal).toContain('stands in the list of jobs')
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(await said(name, '.api 2', '.status dir running')).toContain(`comment=${mark}`)
    expect(await revert(change.id)).toMatchObject({ outcome: 'applied' })
    expect(await said(name, '.api 2', '.status dir running')).not.toContain(`comment=${mark}`)
  })

  it('fails, and starts nothing, when the director does not list the job', async () => {
    const mark = tag()
    const change = await apply(await plan(wish('NoSuchJob', mark)))
    expect(change.outcome).toBe('reverted')
    expect(change.journal).toContain('does not list')
    expect(await said(name, '.api 2', '.status dir running')).not.toContain(mark)
  })

  it('cancels exactly the job that is named', async () => {
    const id = Number(/JobId=(\d+)/.exec(await said(name, 'run job="BackupSlow" yes'))?.[1])
    let unique = ''
    await expect
      .poll(
        async () => {
          const answer = await said(name, '.api 2', '.status dir running')
          unique = new RegExp(`jobid=${id}\n[^]*?\njob=(.*)`).exec(answer)?.[1] ?? ''
          return unique
        },
        { timeout: 30_000 },
      )
      .not.toBe('')
    const other = await apply(await plan({ kind: 'cancel', jobId: id + 1000, job: unique, seen: 'running' }))
    expect(other.outcome).toBe('reverted')
    expect(await said(name, '.api 2', '.status dir running')).toContain(`jobid=${id}\n`)
    const change = await apply(await plan({ kind: 'cancel', jobId: id, job: unique, seen: 'running' }))
    expect(change).toMatchObject({ outcome: 'applied' })
    await expect
      .poll(async () => (await said(name, '.api 2', '.status dir running')).includes(`jobid=${id}\n`), {
        timeout: 60_000,
      })
      .toBe(false)
    expect(await plan({ kind: 'cancel', jobId: id, job: unique, seen: 'gone' })).toHaveProperty('nothingToDo')
  })

  it('disables a job, says when it is so already, and turns it back', async () => {
    const change = await apply(await plan({ kind: 'disable', job: 'BackupC', seen: 'enabled' }))
    expect(change).toMatchObject({ outcome: 'applied' })
    expect(await said(name, 'show job=BackupC')).toContain('Enabled=0')
    expect(await plan({ kind: 'disable', job: 'BackupC', seen: 'disabled' })).toHaveProperty('nothingToDo')
    const late = await apply(await plan({ kind: 'disable', job: 'BackupC', seen: 'enabled' }))
    expect(late.outcome).toBe('reverted')
    expect(await said(name, 'show job=BackupC')).toContain('Enabled=0')
    expect(await revert(change.id)).toMatchObject({ outcome: 'applied' })
    expect(await said(name, 'show job=BackupC')).toContain('Enabled=1')
  })

  it.each(['mount', 'unmount', 'release'] as const)(
    'has a storage %s what is in it, and only one that it has',
    async (kind) => {
      const change = await apply(await plan({ kind, storage: 'File1' }))
      expect(change.outcome, change.journal).toBe('applied')
      expect(await apply(await plan({ kind, storage: 'File1' }))).toMatchObject({ outcome: 'applied' })
      // A file device is always mounted and holds nothing: the storage says so itself.
      expect(change.journal).toMatch(/39\d\d .*(always mounted|already unmounted|already released)/)
      const none = await apply(await plan({ kind, storage: 'NoSuchStorage' }))
      expect(none.outcome).toBe('reverted')
      expect(none.journal).toContain('does not list')
    },
  )

  it('labels a volume, sets its status and back, prunes it, but not early, and refuses what is there', async () => {
    const volume = `Lab-${tag().slice(7)}`
    const label = { kind: 'label', volume, pool: 'C-Full', storage: 'File1', seen: 'none' } as const
    try {
      const labelled = await apply(await plan(label))
      expect(labelled, labelled.journal).toMatchObject({ outcome: 'applied', proofs: [{ verdict: 'yes' }] })
      expect(labelled.journal).toContain('It is in the pool')
      const again = await apply(await plan(label))
      expect(again.outcome).toBe('reverted')
      expect(again.journal).toContain('already')
      expect(await said(name, 'list volume=quit')).not.toMatch(/\| quit /)

      const early = await apply(await plan({ kind: 'prune', volumes: [volume] }))
      expect(early.outcome).toBe('reverted')
      const used = await apply(await plan({ kind: 'volume-status', volume, status: 'Used', seen: 'Append' }))
      expect(used).toMatchObject({ outcome: 'applied', proofs: [{ title: 'See that it is Used', verdict: 'yes' }] })
      expect(await said(name, `llist volume=${volume}`)).toMatch(/volstatus: *Used/i)
      const proofs = [{ title: expect.stringMatching(/^See it taken back/), verdict: 'yes' }]
      expect(await revert(used.id)).toMatchObject({ outcome: 'applied', proofs })
      expect(await said(name, `llist volume=${volume}`)).toMatch(/volstatus: *Append/i)

      // As if jobs had been on it long ago.
      const old = `FirstWritten='2025-01-01 00:00:00', LastWritten='2025-01-01 00:00:00', VolRetention=1`
      await said(name, 'sql', `update Media set VolStatus='Used', ${old} where VolumeName='${volume}';`, '')
      const pruned = await apply(await plan({ kind: 'prune', volumes: [volume] }))
      expect(pruned.outcome, pruned.journal).toBe('applied')
      expect(await said(name, `llist volume=${volume}`)).toMatch(/volstatus: *Purged/i)
    } finally {
      await said(name, `delete volume="${volume}" yes`)
      await hostExec(name, ['rm', '-f', `/srv/volumes/${volume}`])
    }
  })

  it('gives Pollux a console, keeps every other byte, shows drift, and takes it away', async () => {
    const before = await file(name, dirConf)
    const password = 'a'.repeat(20) + tag().slice(7).repeat(2)
    const make = { kind: 'console', present: true, password } as const
    const change = await apply(await plan(make))
    try {
      expect(change.outcome, change.journal).toBe('applied')
      expect(JSON.stringify(change)).not.toContain(password)
      expect(change.journal).not.toContain(password)
      const after = await file(name, dirConf)
      expect(after.startsWith(before)).toBe(true)
      const { stdout } = await hostExec(name, ['stat', '-c', '%a %U:%G', polluxConf])
      expect(stdout.trim()).toBe('640 root:bacula')
      const restricted = await hostExec(name, ['bconsole', '-n', '-c', polluxConf], { input: '.jobs\nsql\nquit\n' })
      expect(restricted.stdout).toContain('BackupA')
      expect(restricted.stdout).toContain('sql: is an invalid command')
      expect(await plan(make)).toHaveProperty('nothingToDo')

      // What a director was asked for since then hides nothing of it, and is not asked for again.
      const asked = await apply(await plan({ kind: 'release', storage: 'File1' }))
      await expect(reapplyChange(ctx, { changeId: asked.id, hostId })).rejects.toThrow('happens once')

      await hostExec(name, [
        'sed',
        '-i',
        's/^  CommandACL = status, .status, .api/  CommandACL = sql, status, .status, .api/',
        dirConf,
      ])
      await readHost(ctx, { hostId, tier: 'cheap' })
      expect(await listDrift(ctx, hostId)).toMatchObject([{ changeId: change.id, seen: 'there, with other commands' }])
      await hostExec(name, ['sed', '-i', 's/CommandACL = sql, status/CommandACL = status/', dirConf])
      expect(await revert(change.id)).toMatchObject({ outcome: 'applied' })
      expect(await file(name, dirConf)).toBe(before)
      expect((await hostExec(name, ['ls', polluxConf])).code).not.toBe(0)
    } finally {
      await hostExec(name, ['sh', '-c', `cat > ${dirConf}; rm -f ${polluxConf}; systemctl reload bacula-director`], {
        input: before,
      })
    }
  })
})
