import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { type Planned, planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { mysqlAgent, type TuneDesired } from '.'

const running = hostsForTests()
const names = ['larch', 'juniper', 'spruce'] as const
const there = names.filter((name) => running.some((host) => host.name === name))
const test = withTestStore()
const file = '/etc/mysql/mariadb.conf.d/zz-pollux.cnf'
let ctx: Ctx
let hostId: string

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'admin' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'admin' }, requestId: 'test' }
  setAgents([mysqlAgent])
  setAgentProbes([mysqlAgent.probe])
  const lab = running.find(
    (host) => host.name === names.find((name) => expect.getState().currentTestName?.includes(name)),
  )
  if (lab) hostId = (await makeLabHost(test.current().db, lab, 'deploy')).id
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
  const name = names.find((each) => expect.getState().currentTestName?.includes(each))
  // What a failed test left.
  const left = `[ ! -e ${file} ] || { rm ${file}; systemctl restart mariadb.service; }`
  if (name) await hostExec(name, ['sh', '-c', left])
})

const wish = (values: Record<string, string>, more: Partial<TuneDesired> = {}): TuneDesired => ({
  kind: 'tune',
  server: '/var/lib/mysql',
  aim: { purpose: 'shared', load: 'bacula', budgetBytes: 256 * 2 ** 20 },
  values,
  loose: [],
  restart: true,
  makeTmpdir: false,
  ...more,
})

const plan = (desired: TuneDesired) => planChange(ctx, { agentId: 'mysql', desired, hostIds: [hostId] })

async function apply(planned: Planned) {
  if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
  const { digest } = await getChange(ctx, planned.changeId)
  await approveChange(ctx, { changeId: planned.changeId, digest })
  await changesSettled()
  return getChange(ctx, planned.changeId)
}

// The versions differ in what a restart and SET GLOBAL do; the rest is done on one of them, unless all is asked for.
const isWhole = (name: string) => name === 'larch' || process.env['POLLUX_LONG_TESTS'] === '1'

describe.each(there)('on %s', { timeout: 240_000 }, (name) => {
  const ask = async (sql: string) => (await hostExec(name, ['mariadb', '-N', '-B'], { input: sql })).stdout.trim()
  const value = (variable: string) => ask(`SELECT @@GLOBAL.${variable};`)
  const fileText = async () => (await hostExec(name, ['cat', file])).stdout
  const uptime = async () => Number(await ask("SHOW GLOBAL STATUS LIKE 'Uptime';").then((row) => row.split('\t')[1]))

  const small = {
    innodb_buffer_pool_size: '32M',
    max_connections: '20',
    key_buffer_size: '1M',
    sort_buffer_size: '128K',
  }

  it('is tuned with a restart, proved, planned again as nothing to do, drifts, and is reverted', async () => {
    const before = { pool: await value('innodb_buffer_pool_size'), connections: await value('max_connections') }
    const made = await apply(
      await plan(wish({ ...small, performance_schema: 'OFF', aria_pagecache_buffer_size: '2M' })),
    )
    expect(made.outcome).toBe('applied')
    expect(made.proofs.map(({ verdict }) => verdict)).toEqual(made.proofs.map(() => 'yes'))
    expect(await value('innodb_buffer_pool_size')).toBe(String(32 * 2 ** 20))
    expect(await value('aria_pagecache_buffer_size')).toBe(String(2 * 2 ** 20))
    expect(await fileText()).toContain('max_connections = 20')

    const again = await plan(wish({ ...small, performance_schema: 'OFF', aria_pagecache_buffer_size: '2M' }))
    expect(again).toEqual({ nothingToDo: expect.stringContaining('already') })

    await ask('SET GLOBAL max_connections = 77;')
    await readHost(ctx, { hostId, tier: 'deep' })
    expect(await listDrift(ctx, hostId)).toMatchObject([
      { what: 'max_connections of the server', expected: '20', seen: '77' },
    ])
    await ask('SET GLOBAL max_connections = 20;')

    const reverted = await apply(await revertChange(ctx, { changeId: made.id }))
    expect(reverted.outcome).toBe('applied')
    expect((await hostExec(name, ['test', '-e', file])).code).not.toBe(0)
    expect({ pool: await value('innodb_buffer_pool_size'), connections: await value('max_connections') }).toEqual(
      before,
    )
  })

  it('takes what is dynamic at once, without a restart', async () => {
    const [before, up] = [await value('max_connections'), await uptime()]
    const made = await apply(await plan(wish({ max_connections: '33', long_query_time: '2.5' }, { restart: false })))
    expect([made.outcome, await value('max_connections')]).toEqual(['applied', '33'])
    expect(await uptime()).toBeGreaterThanOrEqual(up)
    await apply(await revertChange(ctx, { changeId: made.id }))
    expect(await value('max_connections')).toBe(before)
  })

  it('has the old file and the old server back when it does not start with the new one', async () => {
    const before = await value('innodb_log_file_size')
    // Known, valid, within its bounds, and more than the disk has: only a start shows it.
    const made = await apply(await plan(wish({ innodb_log_file_size: '300G', performance_schema: 'ON' })))
    expect(made.outcome).toBe('reverted')
    expect((await hostExec(name, ['test', '-e', file])).code).not.toBe(0)
    expect(await value('innodb_log_file_size')).toBe(before)
    expect(await ask('SELECT COUNT(*) FROM shop.customers;')).toBe('2000')
    const { lines } = await readJournal(ctx, made.id, 0)
    expect(lines.map(({ text }) => text).join('\n')).toMatch(/space|cannot|error/i)
  })

  it.runIf(isWhole(name))('has both back when the restart hangs', async () => {
    // With the new file nothing comes of a start, and systemd tries again for ever.
    const dropIn = '/run/systemd/system/mariadb.service.d/hang.conf'
    const hang = `[Service]\nTimeoutStartSec=3\nRestartSec=1\nExecStartPre=/bin/sh -c "[ ! -e ${file} ] || exec sleep 3600"\n`
    const place = `mkdir -p $(dirname ${dropIn}); cat >${dropIn}; systemctl daemon-reload`
    onTestFinished(async () => {
      await hostExec(name, ['sh', '-c', `rm ${dropIn}; systemctl daemon-reload`])
    })
    expect((await hostExec(name, ['sh', '-c', place], { input: hang })).code).toBe(0)
    const before = await value('max_connections')
    const made = await apply(await plan(wish({ ...small, performance_schema: 'ON' })))
    expect(made.outcome).toBe('reverted')
    expect((await hostExec(name, ['test', '-e', file])).code).not.toBe(0)
    expect(await value('max_connections')).toBe(before)
    const { lines } = await readJournal(ctx, made.id, 0)
    expect(lines.map(({ text }) => text).join('\n')).toContain('The server did not start.')
  })

  it.runIf(isWhole(name))('changes nothing on a disk that is full, and says so', async () => {
    const before = await value('max_connections')
    const filler = '/var/tmp/filler'
    onTestFinished(async () => {
      await hostExec(name, ['rm', '-f', filler])
    })
    await hostExec(name, ['sh', '-c', `cat /dev/zero >${filler} 2>/dev/null`])
    const made = await apply(await plan(wish({ ...small, performance_schema: 'ON' })))
    expect(made.outcome).not.toBe('applied')
    expect((await hostExec(name, ['test', '-e', file])).code).not.toBe(0)
    expect([await value('max_connections'), await ask('SELECT COUNT(*) FROM shop.customers;')]).toEqual([
      before,
      '2000',
    ])
    const { lines } = await readJournal(ctx, made.id, 0)
    expect(lines.map(({ text }) => text).join('\n')).toMatch(/no (?:room|space)|full|space left/i)
  })

  it.runIf(isWhole(name))(
    'makes the folder for temporary files, or says that the server may not write there',
    async () => {
      const folder = '/var/tmp/mysql-own'
      const refused = await apply(await plan(wish({ tmpdir: folder })))
      expect(refused.outcome).toBe('reverted')
      const made = await apply(await plan(wish({ tmpdir: folder }, { makeTmpdir: true })))
      expect([made.outcome, await value('tmpdir')]).toEqual(['applied', folder])
      expect((await hostExec(name, ['stat', '-c', '%U %a', folder])).stdout.trim()).toBe('mysql 700')
      expect((await apply(await revertChange(ctx, { changeId: made.id }))).outcome).toBe('applied')
      expect((await hostExec(name, ['test', '-e', folder])).code).not.toBe(0)
    },
  )

  it.runIf(isWhole(name))('refuses what this version does not know, before anything is touched', async () => {
    const sentence = async (values: Record<string, string>) => (await refusalOf(plan(wish(values)))).userMessage
    expect(await sentence({ innodb_redo_log_capacity: '64M' })).toContain('does not know it')
    expect(await sentence({ max_connections: '0' })).toContain('at least')
    expect(await sentence({ tmpdir: '/home/x' })).toContain('ProtectHome')
    expect(await sentence({ innodb_buffer_pool_size: '900G' })).toContain('more than all memory')
  })
})
