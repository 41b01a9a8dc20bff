import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { getLabHost, hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import { accountStatements } from '@/lib/agent/account-statements'
import { openTestStore, type TestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { sshPool } from '@/lib/ssh'
import { findDirector } from '../find/find-director'
import { tellAs } from '../testing/tell-as'
import { addCatalog } from './add-catalog'
import { PlaceInput } from './place-input'
import { testCatalog } from './test-catalog'

const admin = someone('admin')
const login = 'pollux_connect'
const password = "it's a \\ test"
let store: TestStore

type Server = readonly [name: 'willow' | 'poplar', dialect: 'mysql' | 'postgresql', port: number, zone: string]
const servers: readonly Server[] = [
  ['willow', 'mysql', 3306, 'Europe/Berlin'],
  ['poplar', 'postgresql', 5432, 'Etc/UTC'],
]

async function takeIn(name: string, as = 'root'): Promise<string> {
  return (await makeLabHost(store.db, getLabHost(name), as)).id
}

/** Runs statements as an administrator of the database. */
async function administer(name: string, statements: readonly string[]): Promise<void> {
  const argv =
    name === 'willow' ? ['mysql'] : ['runuser', '-u', 'postgres', '--', 'psql', '-v', 'ON_ERROR_STOP=1', 'bacula']
  const ran = await hostExec(name, argv, { input: statements.join('\n') })
  if (ran.code !== 0) throw new Error(`expected ${statements.join(' ')} to succeed, got: ${ran.stderr}`)
}

const takeAway = {
  willow: [`DROP USER IF EXISTS '${login}'@'localhost', '${login}'@'127.0.0.1';`],
  poplar: [`DROP OWNED BY ${login}; DROP ROLE ${login};`],
}

function placeOf(hostId: string, [, dialect, port]: Server, account: object, more: object = {}) {
  const way = 'tunnel'
  return PlaceInput.parse({ way, hostId, dialect, address: '127.0.0.1', port, database: 'bacula', account, ...more })
}

const isThere = ['willow', 'poplar', 'aspen'].every((name) => hostsForTests().some((host) => host.name === name))

describe.skipIf(!isThere)('a catalog on a real director’s host', () => {
  beforeAll(async () => {
    store = await openTestStore()
  })
  afterEach(async () => {
    await store.db.catalog.deleteMany()
    await store.db.host.deleteMany()
  })
  afterAll(async () => {
    await sshPool().close()
    await store.close()
  })

  it.each([
    ['willow', { dialect: 'mysql', port: 3306, zone: 'Europe/Berlin', user: 'bacula', hasPassword: true }],
    ['poplar', { dialect: 'postgresql', port: 5432, zone: 'Etc/UTC', user: 'bacula', hasPassword: true }],
    ['aspen', { dialect: 'sqlite', path: '/var/lib/bacula/bacula.db', zone: 'Asia/Kolkata', hasPassword: false }],
  ])('is found on %s, in one round trip and without its password', async (name, expected) => {
    const found = await findDirector(admin, { hostId: await takeIn(name) })
    expect(found).toMatchObject({ isRunning: true, console: '/usr/sbin/bconsole', problems: [] })
    expect(found.catalogs[0]).toMatchObject({ file: '/etc/bacula/bacula-dir.conf', ...expected })
    expect(JSON.stringify(found)).not.toContain('lab-catalog')
  })

  it.each(['deploy', 'ops'])('is found by %s through sudo', async (user) => {
    const found = await findDirector(admin, { hostId: await takeIn('willow', user) })
    expect(found.catalogs[0]).toMatchObject({ dialect: 'mysql', hasPassword: true })
  })

  it('is not found by a login that may not read it, and that is said', async () => {
    const found = await findDirector(admin, { hostId: await takeIn('willow', 'guest') })
    expect(found).toMatchObject({ catalogs: [], isRunning: true, console: '/usr/sbin/bconsole' })
    expect(found.problems).toEqual(['/etc/bacula/bacula-dir.conf may not be read by this login.'])
  })

  it.each(servers)(
    'on %s is read by the account of the statements that are shown, which may not write',
    async (...server) => {
      const [name, dialect, , zone] = server
      const hostId = await takeIn(name)
      const wish = { dialect, database: 'bacula', login, password, address: '127.0.0.1', owner: 'bacula' }
      await administer(name, accountStatements(wish).statements)
      try {
        for (const way of ['tunnel', 'client']) {
          const place = placeOf(hostId, server, { kind: 'own', login, password }, { way })
          const report = await testCatalog(admin, { place, zone })
          expect(report).toMatchObject({
            schema: { name: 'Bacula 9.0 to 9.6', mark: 'live-tested' },
            ...{ canWrite: false, isReadOnlySession: true, pools: 8, clients: 3, zone: { kind: 'fits' } },
          })
          expect(report.jobs).toBeGreaterThan(15)
        }
        const ran = await tellAs(name, dialect, { login, password }, 'DELETE FROM Log WHERE LogId < 0')
        expect(ran.code).not.toBe(0)
        expect(ran.stderr).toMatch(/denied/)
      } finally {
        await administer(name, takeAway[name])
      }
    },
  )

  it.each(servers)('on %s is kept with the director’s account, whose password nobody sees', async (...server) => {
    const [name, , , zone] = server
    const hostId = await takeIn(name)
    const [found] = (await findDirector(admin, { hostId })).catalogs
    const place = placeOf(hostId, server, { kind: 'director', found: found?.key })
    const added = await addCatalog(admin, {
      name,
      zone,
      directorHostId: hostId,
      consoleConfig: null,
      place,
      isZoneRead: true,
    })
    expect(added.report).toMatchObject({ canWrite: true, isReadOnlySession: true })
    const row = await store.db.catalog.findUniqueOrThrow({ where: { id: added.catalogId } })
    expect(row).toMatchObject({ login: 'bacula', hostId, directorHostId: hostId, zoneSource: 'host' })
    expect(row.sealedPassword?.length).toBeGreaterThan(20)
    expect(JSON.stringify([added, await lastAudit(store.db)])).not.toContain('lab-catalog')
  })

  it.each(servers)('on %s says what is wrong with password, database, port and zone', async (...server) => {
    const [name, , , zone] = server
    const hostId = await takeIn(name)
    const own = { kind: 'own', login: 'bacula', password: 'lab-catalog' }
    const refused = (account: object, more: object = {}) =>
      refusalOf(testCatalog(admin, { place: placeOf(hostId, server, account, more), zone }))
    expect(await refused({ ...own, password: 'wrong' })).toMatchObject({
      code: 'invalid',
      userMessage: expect.stringContaining('refuses the login of bacula'),
    })
    expect(await refused(own, { database: 'nowhere' })).toMatchObject({
      code: 'invalid',
      userMessage: expect.stringContaining('there is no database "nowhere"'),
    })
    expect(await refused(own, { port: 7 })).toMatchObject({
      code: 'unreachable',
      userMessage: expect.stringContaining('No database takes connections at 127.0.0.1 port 7'),
    })
    expect(await refused(own, { database: name === 'poplar' ? 'postgres' : 'information_schema' })).toMatchObject({
      code: 'invalid',
      userMessage: expect.stringContaining('no catalog of Bacula or Bareos'),
    })
    const report = await testCatalog(admin, { place: placeOf(hostId, server, own), zone: 'Asia/Kolkata' })
    expect(report.zone).toEqual({
      kind: 'wrong',
      offset: name === 'poplar' ? '+00:00' : expect.stringMatching(/^\+0[12]:00$/),
    })
  })

  it('in SQLite on aspen is read by sqlite3 there', async () => {
    const hostId = await takeIn('aspen')
    const place = { way: 'host-file' as const, hostId, path: '/var/lib/bacula/bacula.db' }
    expect(await testCatalog(admin, { place, zone: 'Asia/Kolkata' })).toMatchObject({
      schema: { name: 'Bacula 15.0', mark: 'live-tested' },
      ...{ canWrite: false, isReadOnlySession: true, clients: 3, zone: { kind: 'fits' } },
    })
    expect(
      await refusalOf(testCatalog(admin, { place: { ...place, path: '/nowhere.db' }, zone: 'Etc/UTC' })),
    ).toMatchObject({
      code: 'invalid',
      userMessage: 'There is no file /nowhere.db on aspen that can be read.',
    })
  })
})
