import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { cutLink, hostExec, hostsForTests, restoreLink, waitUntil } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { type Planned, planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { openPlan } from '@/lib/changes/plan-record'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { watchPrograms } from '@/lib/changes/testing/watch-programs'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { type MysqlDesired, mysqlAgent, mysqlFacts } from '..'
import { parseServerVersion } from '../version'
import type { AccountDesired } from './desired'
import { grantStatement } from './grant'
import { ACCOUNT } from './name'
import { accountFileFor } from './place'
import { rightsFor } from './rights'

const running = hostsForTests()
const names = ['larch', 'juniper', 'spruce'] as const
const there = names.filter((name) => running.some((host) => host.name === name))
const test = withTestStore()
const file = accountFileFor('/run/mysqld/mysqld.sock')
const server = '/var/lib/mysql'
/** What an option file, a shell and SQL would take for something else. */
const hostile = `R00t-'"\\;#%_$(id)\`x\` é€`
const admin = { name: 'root', password: hostile }
let ctx: Ctx
let hostId: string

const nameOfTest = () => names.find((name) => expect.getState().currentTestName?.includes(name))
const shell = async (name: string, script: string, input = '') =>
  (await hostExec(name, ['sh', '-c', script], { input })).stdout.trim()
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const asRoot = (name: string, sql: string) =>
  hostExec(name, ['env', `MYSQL_PWD=${hostile}`, 'mariadb', '-N', '-B', '--default-character-set=utf8mb4'], {
    input: sql,
  })
const ask = async (name: string, sql: string) => (await asRoot(name, sql)).stdout.trim()

/** How root comes in as Debian's package has it, by the socket; or by a password alone. */
const bySocket = `ALTER USER 'root'@'localhost' IDENTIFIED VIA mysql_native_password USING 'invalid' OR unix_socket;`
const byPassword = `SET NAMES utf8mb4; ALTER USER 'root'@'localhost' IDENTIFIED BY ${quoted(hostile)};`

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'admin' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'admin' }, requestId: 'test' }
  setAgents([mysqlAgent])
  setAgentProbes([mysqlAgent.probe])
  const name = nameOfTest()
  const lab = running.find((host) => host.name === name)
  if (!lab || !name) return
  hostId = (await makeLabHost(test.current().db, lab, 'deploy')).id
  await ask(name, byPassword)
  expect((await hostExec(name, ['mariadb', '-e', 'SELECT 1'])).stderr).toContain('1045')
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
  const name = nameOfTest()
  if (!name) return
  const left = ['DROP USER IF EXISTS ', ACCOUNT, ';', bySocket].join('')
  await asRoot(name, left)
  await shell(
    name,
    'rm -rf /var/lib/pollux/mysql /root/.my.cnf; f=/etc/mysql/mariadb.conf.d/zz-pollux.cnf; [ ! -e $f ] || { rm $f; systemctl restart mariadb; }',
  )
  expect(await shell(name, 'mariadb -N -e "SELECT CURRENT_USER()"')).toBe('root@localhost')
})

const wish = (may: AccountDesired['may'], by: AccountDesired['admin'] = admin): AccountDesired => ({
  kind: 'account',
  server,
  may,
  admin: by,
})
const tuning = (values: Record<string, string>, restart: boolean): MysqlDesired => ({
  ...{ kind: 'tune', server, aim: { purpose: 'shared', load: 'general', budgetBytes: 256 * 2 ** 20 } },
  ...{ values, loose: [], restart, makeTmpdir: false },
})
const plan = (desired: MysqlDesired) => planChange(ctx, { agentId: 'mysql', desired, hostIds: [hostId] })
const sentenceOf = async (desired: MysqlDesired) => (await refusalOf(plan(desired))).userMessage

async function approve(planned: Planned): Promise<number> {
  if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
  const { digest } = await getChange(ctx, planned.changeId)
  await approveChange(ctx, { changeId: planned.changeId, digest })
  return planned.changeId
}
async function apply(planned: Planned) {
  const changeId = await approve(planned)
  await changesSettled()
  return getChange(ctx, changeId)
}
const told = async (changeId: number) => (await readJournal(ctx, changeId, 0)).lines.map(({ text }) => text).join('\n')

async function read() {
  const [reading] = await readAgentFacts(ctx, 'mysql', [hostId])
  const [found] = mysqlFacts.parse(reading?.facts).servers
  if (!found) throw new Error('expected a server')
  return found
}
async function said() {
  const found = await read()
  if (found.said.state === 'not-read') throw new Error(found.said.detail)
  return found.said.value
}

const accountOn = (name: string) => ask(name, "SELECT COUNT(*) FROM mysql.user WHERE User = 'pollux';")
const leftOn = async (name: string) => [
  await accountOn(name),
  await shell(name, `ls -A ${file} /var/lib/pollux/mysql 2>/dev/null`),
]
const nothing = ['0', '']
/** On the others too where all is asked for. */
const tried = there.filter((name) => name === 'larch' || isLong)

describe.each(tried)('on %s, where root has a password', { timeout: 900_000 }, (name) => {
  it('it is made, reads all that root reads and no row, is planned again as nothing to do, and goes', async () => {
    expect((await read()).said).toMatchObject({ state: 'not-read', why: 'denied' })
    const made = await apply(await plan(wish('read')))
    expect(made.outcome, await told(made.id)).toBe('applied')
    expect(made.proofs.map(({ verdict }) => verdict)).toEqual(made.proofs.map(() => 'yes'))
    expect(made.proofs.map(({ title }) => title).join(' ')).toMatch(/lets in.*no others.*alone may read/)
    expect(await shell(name, `stat -c '%U %a' ${file} ${file.replace(/\/[^/]*$/, '')}`)).toBe('root 600\nroot 700')
    expect(await plan(wish('read'))).toEqual({ nothingToDo: expect.stringContaining('is there') })

    const by = await said()
    expect(by).toMatchObject({ account: 'pollux@localhost', accountFile: file })
    await ask(name, bySocket)
    const root = await said()
    expect(root).toMatchObject({ account: 'root@localhost', accountFile: null })
    const { tables, biggest, schemas, replicaOf, anonymous, rootHosts, engines, plugins, grants } = root
    const same = { schemas, replicaOf, anonymous, rootHosts, engines, plugins, grants }
    // In which file a value stands is told to who may read every file of the server: FILE. Pollux reads them by itself.
    const setters = (one: typeof root) =>
      one.setters.state === 'read' &&
      Object.entries(one.setters.value).map(([variable, { how, compiled }]) => [variable, how, compiled])
    expect(setters(by)).toEqual(setters(root))
    for (const [key, value] of Object.entries(same)) expect({ ...by }[key], key).toEqual(value)
    expect(Object.keys(by.variables)).toEqual(Object.keys(root.variables))
    // The estimates of InnoDB's rows move.
    const sizes = ({ state, ...one }: typeof tables) =>
      'value' in one ? one.value.map(({ schema, engine, tables: count }) => [schema, engine, count]) : state
    expect(sizes(by.tables)).toEqual(sizes(tables))
    expect(biggest.state === 'read' && by.biggest.state === 'read' ? by.biggest.value.length : 0).toBeGreaterThan(5)
    await ask(name, byPassword)

    const asPollux = (sql: string) => hostExec(name, ['mariadb', `--defaults-file=${file}`, '-N', '-B', '-e', sql])
    for (const sql of [
      'SELECT * FROM shop.customers',
      'SELECT Password FROM mysql.user',
      'CREATE DATABASE x',
      'SET GLOBAL max_connections = 5',
    ])
      expect((await asPollux(sql)).stderr, sql).toMatch(/denied/)

    const gone = await apply(await plan(wish('nothing')))
    expect([gone.outcome, await leftOn(name)], await told(gone.id)).toEqual(['applied', nothing])
    expect(await plan(wish('nothing'))).toEqual({ nothingToDo: expect.stringContaining('no account') })
  })

  const account = () => accountOn(name)
  const isThere = () => leftOn(name)

  it('it drifts, is put right, and is made anew over a file that lets nobody in any more', async () => {
    const made = await apply(await plan(wish('read')))
    expect(made.outcome, await told(made.id)).toBe('applied')
    await readHost(ctx, { hostId, tier: 'deep' })
    expect(await listDrift(ctx, hostId)).toEqual([])
    await ask(name, `GRANT INSERT ON shop.* TO ${ACCOUNT};`)
    await shell(name, `chmod 640 ${file}`)
    await readHost(ctx, { hostId, tier: 'deep' })
    expect(await listDrift(ctx, hostId)).toMatchObject([
      { what: `mode of ${file}`, expected: '0600', seen: '0640' },
      { what: expect.stringContaining('rights of'), seen: expect.stringContaining('INSERT on shop.*') },
    ])
    const mended = await apply(await plan(wish('read')))
    expect(mended.outcome, await told(mended.id)).toBe('applied')
    expect(await shell(name, `stat -c %a ${file}`)).toBe('600')
    await ask(name, `DROP USER ${ACCOUNT};`)
    await readHost(ctx, { hostId, tier: 'deep' })
    expect(await listDrift(ctx, hostId)).toMatchObject([{ expected: 'let in', seen: 'refused' }])
    const again = await apply(await plan(wish('tune')))
    expect(again.outcome, await told(again.id)).toBe('applied')
    expect(await said()).toMatchObject({ account: 'pollux@localhost', accountFile: file })
  })

  it('each of its rights is missed where it is taken away', async () => {
    const made = await apply(await plan(wish('read')))
    expect(made.outcome, await told(made.id)).toBe('applied')
    // Somebody who is connected, and a source that is replicated from.
    const holder = hostExec(name, ['env', `MYSQL_PWD=${hostile}`, 'mariadb', '-e', 'SELECT SLEEP(3000)'], {
      seconds: 3000,
    })
    onTestFinished(async () => {
      await ask(
        name,
        "SELECT CONCAT('KILL ', ID, ';') FROM information_schema.PROCESSLIST WHERE INFO LIKE '%SLEEP(3000)';",
      ).then((kill) => ask(name, kill))
      await holder
      await ask(name, "RESET SLAVE 'elsewhere' ALL;")
    })
    await ask(name, "CHANGE MASTER 'elsewhere' TO MASTER_HOST = '127.0.0.9', MASTER_USER = 'u', MASTER_PASSWORD = 'p';")
    const tells = async () => {
      const { connections, tables, anonymous, replicaOf } = await said()
      return {
        PROCESS: connections.state === 'read' && connections.value.some(({ user }) => user === 'root'),
        'SHOW VIEW': tables.state === 'read' && tables.value.some(({ schema }) => schema === 'shop'),
        SELECT: anonymous.state === 'read',
        'SLAVE MONITOR': replicaOf.state === 'read' && replicaOf.value.some(({ channel }) => channel === 'elsewhere'),
      }
    }
    const all = { PROCESS: true, 'SHOW VIEW': true, SELECT: true, 'SLAVE MONITOR': true }
    await waitUntil('somebody is connected', async () => (await tells()).PROCESS, 20)
    expect(await tells()).toEqual(all)
    const version = parseServerVersion((await said()).version)
    if (!version) throw new Error('expected a version')
    for (const { grants } of rightsFor(version, 'read')) {
      const statements = grants.flatMap((one) => grantStatement({ ...one, isGrantable: false }))
      await ask(name, statements.map((one) => one.replace('GRANT', 'REVOKE').replace(' TO ', ' FROM ')).join('\n'))
      const right = grants[0]?.right ?? ''
      expect(await tells(), right).toEqual({ ...all, [right]: false })
      await ask(name, statements.join('\n'))
    }
    expect(await tells()).toEqual(all)
  })

  it('it tunes with a restart where it may only read, and takes back', async () => {
    const made = await apply(await plan(wish('read')))
    expect(made.outcome, await told(made.id)).toBe('applied')
    expect(await sentenceOf(tuning({ max_connections: '33' }, false))).toMatch(
      /may not set max_connections.*lacks SUPER/,
    )
    const value = (variable: string) => ask(name, `SELECT @@GLOBAL.${variable};`)
    const before = await value('max_connections')
    const restarted = await apply(await plan(tuning({ max_connections: '33', performance_schema: 'ON' }, true)))
    expect([restarted.outcome, await value('max_connections')], await told(restarted.id)).toEqual(['applied', '33'])
    const back = await apply(await revertChange(ctx, { changeId: restarted.id }))
    expect([back.outcome, await value('max_connections')], await told(back.id)).toEqual(['applied', before])
    const failed = await apply(await plan(tuning({ innodb_log_file_size: '300G', performance_schema: 'ON' }, true)))
    expect([failed.outcome, await value('max_connections')], await told(failed.id)).toEqual(['reverted', before])
  })

  it('it sets values at once where it may tune, and gives them back', async () => {
    const value = (variable: string) => ask(name, `SELECT @@GLOBAL.${variable};`)
    const before = await value('max_connections')
    const more = await apply(await plan(wish('tune')))
    expect(more.outcome, await told(more.id)).toBe('applied')
    // One of each right that a variable takes.
    const values = { max_connections: '34', innodb_io_capacity: '321', sync_binlog: '3', long_query_time: '2.5' }
    const live = await apply(await plan(tuning(values, false)))
    expect([live.outcome, await value('max_connections')], await told(live.id)).toEqual(['applied', '34'])
    await apply(await revertChange(ctx, { changeId: live.id }))
    expect(await value('max_connections')).toBe(before)
    expect(await sentenceOf({ kind: 'convert', server, tables: [{ schema: 'old', name: 'visits' }] })).toMatch(
      /should never be able to/,
    )
    const less = await apply(await revertChange(ctx, { changeId: more.id }))
    // Its administrator was forgotten.
    expect([less.outcome, await told(less.id)]).toEqual([
      'reverted',
      expect.stringContaining('lets no administrator in'),
    ])
  })

  it('an administrator’s password is found nowhere, while it runs and afterwards', async () => {
    const trace = join(test.current().dir, 'trace')
    onTestFinished(await watchPrograms(name, trace))
    const made = await apply(await plan(wish('read')))
    expect(made.outcome, await told(made.id)).toBe('applied')
    await readHost(ctx, { hostId, tier: 'deep' })
    const own = /password="(.*)"/.exec(await shell(name, `cat ${file}`))?.[1] ?? ''
    expect(own).toMatch(/^Px-[0-9a-f]{48}$/)
    const programs = readFileSync(trace, 'utf8')
    expect(programs).toContain(`--defaults-file=${file}`)
    expect(programs).toContain('--defaults-file=/dev/fd/3')
    const db = test.current().db
    const row = await db.change.findUniqueOrThrow({ where: { id: made.id } })
    const store = readdirSync(test.current().dir)
      .filter((one) => one.startsWith('pollux.'))
      .map((one) => readFileSync(join(test.current().dir, one), 'latin1'))
    const places = {
      programs,
      shown: `${await told(made.id)}${JSON.stringify(await getChange(ctx, made.id))}`,
      plan: JSON.stringify(openPlan(row.sealedPlan)),
      store: store.join('\n'),
      host: await shell(name, `grep -rah . /var/lib/pollux/changes /var/log; journalctl -o cat --since -5min`),
    }
    // As the trace writes bytes beyond ASCII, too.
    for (const [place, all] of Object.entries(places))
      for (const secret of [hostile.slice(0, 18), JSON.stringify(hostile.slice(0, 18)).slice(1, -1), 'R00t-', own])
        expect(all.includes(secret), `${place} holds ${secret}`).toBe(false)
  })

  it('it is taken back whole where it cannot be proved, and by hand with an administrator in /root/.my.cnf', async () => {
    await ask(name, "SET GLOBAL init_connect = 'no statement';")
    onTestFinished(async () => {
      await ask(name, "SET GLOBAL init_connect = '';")
    })
    const failed = await apply(await plan(wish('read')))
    expect([failed.outcome, await isThere()], await told(failed.id)).toEqual(['reverted', nothing])
    await ask(name, "SET GLOBAL init_connect = '';")
    const made = await apply(await plan(wish('read')))
    expect(made.outcome, await told(made.id)).toBe('applied')
    const undo = () => shell(name, `cd ${made.hosts[0]?.directory} && sh ./undo >/dev/null; cat journal`)
    expect(await undo()).toContain('lets no administrator in')
    expect(await account()).toBe('1')
    const options = `[client]\nuser=root\npassword="${hostile.replaceAll(/[\\"]/g, '\\$&')}"\n`
    await shell(name, 'umask 077; cat >/root/.my.cnf', options)
    await undo()
    expect(await isThere()).toEqual(nothing)
  })

  it('one that was there before is never touched', async () => {
    const planned = await plan(wish('read'))
    await ask(name, `CREATE USER ${ACCOUNT} IDENTIFIED BY 'theirs'; GRANT INSERT ON shop.* TO ${ACCOUNT};`)
    const before = await ask(name, `SHOW GRANTS FOR ${ACCOUNT};`)
    const refused = await apply(planned)
    expect(refused.outcome, await told(refused.id)).toBe('reverted')
    expect(await told(refused.id)).toContain('it is left alone')
    expect(await ask(name, `SHOW GRANTS FOR ${ACCOUNT};`)).toBe(before)
    await ask(name, bySocket)
    expect(await sentenceOf(wish('read', null))).toContain('left alone')
    expect(await sentenceOf(wish('tune', null))).toContain('left alone')
    expect(await ask(name, `SHOW GRANTS FOR ${ACCOUNT};`)).toBe(before)
  })

  it('nobody is let in by a wrong password, and nothing is made', async () => {
    const wrong = await apply(await plan(wish('read', { name: `ro'ot"\\`, password: `$(touch /tmp/pwned)'"\\` })))
    expect([wrong.outcome, await isThere()], await told(wrong.id)).toEqual(['reverted', nothing])
    const none = await apply(await plan(wish('read', null)))
    expect([none.outcome, await told(none.id)]).toEqual([
      'reverted',
      expect.stringContaining('lets no administrator in'),
    ])
    expect(await shell(name, 'ls /tmp/pwned 2>&1')).toContain('No such file')
  })

  it('a cable that is cut leaves it made or not made, and never by half', async () => {
    onTestFinished(() => restoreLink(name))
    const changeId = await approve(await plan(wish('read')))
    await cutLink(name)
    await waitUntil(
      'the host is done or has nothing to do',
      async () => (await shell(name, 'ls /var/lib/pollux/lock 2>/dev/null')) === '',
      60,
    )
    await restoreLink(name)
    await changesSettled()
    const { outcome } = await getChange(ctx, changeId)
    const stands = await isThere()
    expect([outcome, stands[0]]).toEqual(
      stands[0] === '1' ? ['applied', '1'] : [expect.not.stringMatching(/^applied/), '0'],
    )
    expect(stands[1] === '').toBe(stands[0] === '0')
  })
})
