import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { planAccount } from '@/lib/catalog/account/plan-account'
import { PlaceInput } from '@/lib/catalog/store/place-input'
import { testCatalog } from '@/lib/catalog/store/test-catalog'
import { tellAs } from '@/lib/catalog/testing/tell-as'
import { setAgents } from '@/lib/changes/agents'
import { type Planned, planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { type SqlAccountDesired, sqlAccountAgent } from '.'

const running = hostsForTests()
const login = 'pollux_made'
const password = `Made-'"\\;#%_$(id)`
const patient = { timeout: 30_000, interval: 100 }
const test = withTestStore()
let ctx: Ctx
let hostId: string

const servers = [
  {
    name: 'willow',
    dialect: 'mysql',
    port: 3306,
    zone: 'Europe/Berlin',
    administer: ['mariadb', '-N', '-B'],
    /** Every right of the account, and none where it is not there. */
    rights: `SELECT Host FROM mysql.user WHERE User = '${login}' UNION ALL SELECT CONCAT(Db, ' ', Select_priv, Insert_priv) FROM mysql.db WHERE User = '${login}';`,
    made: '\n127.0.0.1\nbacula YN\nbacula YN\nlocalhost',
    drop: `DROP USER IF EXISTS '${login}'@'localhost', '${login}'@'127.0.0.1';`,
    server: 'mariadb.service',
    hold: 'LOCK TABLES bacula.Version WRITE; SELECT SLEEP(90);',
    isHeld: "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%';",
  },
  {
    name: 'poplar',
    dialect: 'postgresql',
    port: 5432,
    zone: 'Etc/UTC',
    administer: ['runuser', '-u', 'postgres', '--', 'psql', '-X', '-q', '-A', '-t', 'bacula'],
    rights: `SELECT count(*) FROM pg_roles WHERE rolname = '${login}'; SELECT count(*) > 10 FROM information_schema.role_table_grants WHERE grantee = '${login}'; SELECT count(*) FROM pg_default_acl WHERE defaclacl::text LIKE '%${login}%';`,
    made: '\n1\n1\nt',
    drop: `DROP OWNED BY ${login}; DROP ROLE ${login};`,
    server: 'postgresql@15-main.service',
    hold: 'BEGIN; LOCK TABLE version IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(90);',
    isHeld: "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'version'::regclass;",
  },
] as const

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'admin' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'admin' }, requestId: 'test' }
  setAgents([sqlAccountAgent])
  setAgentProbes([sqlAccountAgent.probe])
  const lab = running.find((host) => host.name === expect.getState().currentTestName?.match(/willow|poplar/)?.[0])
  if (lab) hostId = (await makeLabHost(test.current().db, lab, 'deploy')).id
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
})

const sentenceOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).userMessage

const proved = { weight: 'must', verdict: 'yes' }

async function apply(planned: Planned) {
  if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
  const { digest } = await getChange(ctx, planned.changeId)
  await approveChange(ctx, { changeId: planned.changeId, digest })
  await changesSettled()
  return getChange(ctx, planned.changeId)
}

const there = servers.filter(({ name }) => running.some((host) => host.name === name))

describe.each(there)('on $name', { timeout: 600_000 }, (server) => {
  const { name, dialect, port, zone } = server
  const administer = async (statement: string) => {
    const ran = await hostExec(name, [...server.administer], { input: statement })
    return ran.stdout
  }
  const rights = async () => (await administer(server.rights)).split('\n').toSorted().join('\n')
  const nobody = dialect === 'mysql' ? '' : '\n0\n0\nf'
  const place = (account: object, more: object = {}) =>
    PlaceInput.parse({
      way: 'tunnel',
      hostId,
      dialect,
      address: '127.0.0.1',
      port,
      database: 'bacula',
      account,
      ...more,
    })
  const own = { kind: 'own', login, password } as const
  const ask = (account: { kind: 'own'; login: string; password: string } = own) =>
    planAccount(ctx, { place: place(account), owner: 'bacula' })
  const desired = {
    ...{ dialect, port, database: 'bacula', login, password, seen: 'none', owner: 'bacula', client: 'mariadb' },
    ...{ admin: 'socket', table: 'Version' },
  } as SqlAccountDesired

  afterEach(async () => {
    await administer(server.drop)
  })

  it('is planned, made and proved; reads through Pollux, cannot write, and goes with the revert', async () => {
    const planned = await ask()
    const change = await apply(planned)
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied', proofs: [proved, proved] })
    expect(await rights()).toBe(server.made)
    expect(await ask()).toEqual({ nothingToDo: expect.stringContaining('is there, and reads bacula') })
    const used = place({ kind: 'change', changeId: change.id })
    const report = await testCatalog(ctx, { place: used, zone })
    expect(report.schema.versionId).toBe(16)
    const elsewhere = place({ kind: 'change', changeId: change.id }, { port: port + 1 })
    expect(await sentenceOf(testCatalog(ctx, { place: elsewhere, zone }))).toContain('for nothing else')
    const other = { ...own, password: 'Another-password-1' }
    expect(await sentenceOf(ask(other))).toContain('already, with another password')

    const back = await apply(await revertChange(ctx, { changeId: change.id }))
    expect([back.outcome, await rights()]).toEqual(['applied', nobody])
    expect(back.proofs).toMatchObject([proved])
    expect(await sentenceOf(testCatalog(ctx, { place: used, zone }))).toContain('left no account')
  })

  it('is the account that may read and nothing else', async () => {
    await apply(await ask())
    const wrote = await tellAs(name, dialect, own, 'DELETE FROM Log WHERE LogId < 0')
    expect(wrote.code).not.toBe(0)
    expect(wrote.stderr).toContain('denied')
  })

  it('keeps its password to itself', async () => {
    const change = await apply(await ask())
    const { lines } = await readJournal(ctx, change.id, 0)
    const shown = JSON.stringify([change, lines])
    expect(shown).toContain('CREATE')
    expect(shown).not.toContain(JSON.stringify(password).slice(1, -1))
    const left = await hostExec(name, ['grep', '-rlF', password, '/var/log'])
    expect(left.stdout).toBe('')
  })

  it('is taken back whole where it cannot be proved', async () => {
    const change = await apply(
      await planChange(ctx, {
        agentId: 'sql-account',
        desired: { ...desired, table: 'NoSuchTable' },
        hostIds: [hostId],
      }),
    )
    expect([change.outcome, await rights()]).toEqual(['reverted', nobody])
  })

  it('leaves alone an account of that name which came after the plan', async () => {
    const planned = await ask()
    await administer(
      dialect === 'mysql' ? `CREATE USER '${login}'@'localhost' IDENTIFIED BY 'x';` : `CREATE ROLE ${login};`,
    )
    const before = await rights()
    const change = await apply(planned)
    expect([change.outcome, await rights()]).toEqual(['reverted', before])
    expect(await sentenceOf(ask())).toContain('already, with another password')
  })

  it('waits with its undo for a server that went down in the middle', async () => {
    // The account is made, and its proof waits for a table that somebody holds.
    const holder = hostExec(name, [...server.administer], { input: server.hold, seconds: 100 })
    await expect.poll(() => administer(server.isHeld), patient).toMatch(/^[1-9]/)
    const planned = await ask()
    const applied = apply(planned)
    await expect.poll(rights, patient).toBe(server.made)
    await hostExec(name, ['systemctl', 'stop', server.server])
    await holder
    const id = 'changeId' in planned ? planned.changeId : 0
    const states = async () => (await getChange(ctx, id)).hosts.flatMap(({ steps }) => steps.map(({ state }) => state))
    await expect.poll(states, patient).toContain('undoing')
    await hostExec(name, ['systemctl', 'start', server.server])
    expect([(await applied).outcome, await rights()]).toEqual(['reverted', nobody])
  })
})
