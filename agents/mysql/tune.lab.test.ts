import { describe, expect, it, onTestFinished } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { reapplyChange } from '@/lib/changes/reapply-change'
import { refusalOf } from '@/lib/inventory/testing'
import type { TuneDesired } from '.'
import { mysqlLab } from './testing/mysql-lab'

const file = '/etc/mysql/mariadb.conf.d/zz-pollux.cnf'
const names = ['larch', 'juniper', 'spruce', 'cobalt'] as const
// What a failed test left.
const lab = mysqlLab(names, (name) =>
  hostExec(name, ['sh', '-c', `[ ! -e ${file} ] || { rm ${file}; service mariadb restart; }`], { seconds: 300 }),
)
const { there, ask, plan, apply, revert, drift } = lab

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

const value = (variable: string) => ask(`SELECT @@GLOBAL.${variable};`)
const uptime = async () => Number(await ask("SHOW GLOBAL STATUS LIKE 'Uptime';").then((row) => row.split('\t')[1]))

const small = {
  innodb_buffer_pool_size: '32M',
  max_connections: '20',
  key_buffer_size: '1M',
  sort_buffer_size: '128K',
}

// Each version is tuned once, and one that an init script restarts; on larch it goes wrong too, and on the other hosts of
// systemd where all is asked for.
const hosts = there.length > 0 ? there : names
const isWhole = (name: string) => name === 'larch' || (name !== 'cobalt' && isLong)

describe.skipIf(there.length === 0).each(hosts)('on %s', { timeout: 1_800_000 }, (name) => {
  it('is tuned with a restart, proved, planned again as nothing to do, drifts, and is reverted', async () => {
    const before = { pool: await value('innodb_buffer_pool_size'), connections: await value('max_connections') }
    const made = await apply(
      await plan(wish({ ...small, performance_schema: 'OFF', aria_pagecache_buffer_size: '2M' })),
    )
    expect(made.outcome).toBe('applied')
    expect(made.proofs.map(({ verdict }) => verdict)).toEqual(made.proofs.map(() => 'yes'))
    expect(await value('innodb_buffer_pool_size')).toBe(String(32 * 2 ** 20))
    expect(await value('aria_pagecache_buffer_size')).toBe(String(2 * 2 ** 20))
    expect((await hostExec(name, ['cat', file])).stdout).toContain('max_connections = 20')

    const again = await plan(wish({ ...small, performance_schema: 'OFF', aria_pagecache_buffer_size: '2M' }))
    expect(again).toEqual({ nothingToDo: expect.stringContaining('already') })

    await ask('SET GLOBAL max_connections = 77;')
    expect(await drift()).toMatchObject([{ what: 'max_connections of the server', expected: '20', seen: '77' }])
    await ask('SET GLOBAL max_connections = 20;')

    const reverted = await revert(made.id)
    expect(reverted.outcome).toBe('applied')
    expect((await hostExec(name, ['test', '-e', file])).code).not.toBe(0)
    expect({ pool: await value('innodb_buffer_pool_size'), connections: await value('max_connections') }).toEqual(
      before,
    )
  })
})

describe.skipIf(there.length === 0).each(hosts.filter(isWhole))('all on %s', { timeout: 900_000 }, (name) => {
  it('keeps its drift in sight when tables are converted after it', async () => {
    const engine = () =>
      ask("SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'old' AND TABLE_NAME = 'articles';")
    onTestFinished(async () => {
      if ((await engine()) === 'InnoDB') await ask('ALTER TABLE old.articles ENGINE=MyISAM;')
    })
    const fileText = async () => (await hostExec(name, ['cat', file])).stdout
    const edit = () => hostExec(name, ['sed', '-i', 's/^max_connections = 33$/max_connections = 44/', file])
    const seen = async () => (await drift()).map(({ changeId, what, seen: now }) => ({ changeId, what, seen: now }))
    const tuned = await apply(await plan(wish({ max_connections: '33' }, { restart: false })))
    expect(tuned.outcome).toBe('applied')
    const left = await fileText()
    const tables = [{ schema: 'old', name: 'articles' }]
    const converted = await apply(await plan({ kind: 'convert', server: '/var/lib/mysql', tables }))
    expect([converted.outcome, await engine(), await seen()]).toEqual(['applied', 'InnoDB', []])

    await edit()
    await ask('ALTER TABLE old.articles ENGINE=MyISAM;')
    expect(await seen()).toEqual([
      { changeId: converted.id, what: 'engine of old.articles', seen: 'MyISAM' },
      { changeId: tuned.id, what: file, seen: 'edited' },
    ])
    const again = await apply(await reapplyChange(lab.ctx(), { changeId: tuned.id, hostId: lab.hostId() }))
    expect([again.outcome, await fileText()]).toEqual(['applied', left])
    await ask('ALTER TABLE old.articles ENGINE=InnoDB;')
    expect(await seen()).toEqual([])

    expect((await revert(converted.id)).outcome).toBe('applied')
    expect([await engine(), await seen()]).toEqual(['MyISAM', []])
    await edit()
    expect(await seen()).toEqual([{ changeId: again.id, what: file, seen: 'edited' }])
  })

  it('takes what is dynamic at once, without a restart', async () => {
    const [before, up] = [await value('max_connections'), await uptime()]
    const made = await apply(await plan(wish({ max_connections: '33', long_query_time: '2.5' }, { restart: false })))
    expect([made.outcome, await value('max_connections')]).toEqual(['applied', '33'])
    expect(await uptime()).toBeGreaterThanOrEqual(up)
    await revert(made.id)
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
    expect(await lab.text(made.id)).toMatch(/space|cannot|error/i)
  })

  it('has both back when the restart hangs', async () => {
    // With the new file nothing comes of a start, and systemd tries again for ever.
    const dropIn = '/run/systemd/system/mariadb.service.d/hang.conf'
    const hang = `[Service]\nTimeoutStartSec=20\nRestartSec=1\nExecStartPre=/bin/sh -c "[ ! -e ${file} ] || exec sleep 3600"\n`
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
    expect(await lab.text(made.id)).toContain('The server did not start.')
  })

  it('changes nothing on a disk that is full, and says so', async () => {
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
    expect(await lab.text(made.id)).toMatch(/no (?:room|space)|full|space left/i)
  })

  it('makes the folder for temporary files, or says that the server may not write there', async () => {
    const folder = '/var/tmp/mysql-own'
    const refused = await apply(await plan(wish({ tmpdir: folder })))
    expect(refused.outcome).toBe('reverted')
    const made = await apply(await plan(wish({ tmpdir: folder }, { makeTmpdir: true })))
    expect([made.outcome, await value('tmpdir')]).toEqual(['applied', folder])
    expect((await hostExec(name, ['stat', '-c', '%U %a', folder])).stdout.trim()).toBe('mysql 700')
    expect((await revert(made.id)).outcome).toBe('applied')
    expect((await hostExec(name, ['test', '-e', folder])).code).not.toBe(0)
  })

  it('refuses what this version does not know, before anything is touched', async () => {
    const sentence = async (values: Record<string, string>) => (await refusalOf(plan(wish(values)))).userMessage
    expect(await sentence({ innodb_redo_log_capacity: '64M' })).toContain('does not know it')
    expect(await sentence({ max_connections: '0' })).toContain('at least')
    expect(await sentence({ tmpdir: '/home/x' })).toContain('ProtectHome')
    expect(await sentence({ innodb_buffer_pool_size: '900G' })).toContain('more than all memory')
  })
})
