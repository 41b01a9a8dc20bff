import { afterAll, describe, expect, onTestFinished } from 'vitest'
import { getLabHost, hostExec } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import { systemCtx } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { keptConnections } from '@/lib/sql/kept-connections'
import { sshPool } from '@/lib/ssh'
import { onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { addCatalog } from '../store/add-catalog'
import { PlaceInput } from '../store/place-input'
import { keepCatalogs } from './keep-catalogs'

const test = withTestStore()

afterAll(async () => {
  await keptConnections().close()
  await sshPool().close()
})

const mysql = ['mysql', '-N', 'bacula']
const psql = ['runuser', '-u', 'postgres', '--', 'psql', '-Atq', 'bacula']

/** Servers with what holds all readers of the jobs up, who waits for that, and what ends it. */
const servers = [
  {
    ...{ name: 'willow', dialect: 'mysql', port: 3306, client: mysql },
    hold: 'LOCK TABLES Job WRITE; SELECT SLEEP(120) AS held;',
    held: `SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%AS held%' AND id <> CONNECTION_ID();`,
    waiting: `SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%Job%' AND state LIKE 'Waiting for table%';`,
    release: `SELECT CONCAT('KILL ', id) INTO @end FROM information_schema.processlist WHERE info LIKE '%AS held%' AND id <> CONNECTION_ID();
      EXECUTE IMMEDIATE @end;`,
  },
  {
    ...{ name: 'poplar', dialect: 'postgresql', port: 5432, client: psql },
    hold: 'BEGIN; LOCK TABLE job; SELECT pg_sleep(120) AS held;',
    held: `SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE '%AS held%' AND pid <> pg_backend_pid();`,
    waiting: `SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'pollux' AND wait_event_type = 'Lock';`,
    release: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%AS held%' AND pid <> pg_backend_pid();`,
  },
] as const

describe('the regular reading', () => {
  for (const { name, dialect, port, client, hold, held, waiting, release } of servers)
    onLabHost(name, 'ends its question on the server with the process, and keeps nothing of it', async () => {
      const { db } = test.current()
      const { id: hostId } = await makeLabHost(db, getLabHost(name))
      const account = { kind: 'own', login: 'bacula', password: 'lab-catalog' }
      const place = { way: 'tunnel', hostId, dialect, address: '127.0.0.1', port, database: 'bacula', account }
      const { catalogId } = await addCatalog(someone('admin'), {
        ...{ name: 'cellar', zone: 'Etc/UTC', directorHostId: null, consoleConfig: null, isZoneRead: false },
        place: PlaceInput.parse(place),
      })
      const asked = async (input: string) => (await hostExec(name, client, { input })).stdout.trim()

      const holding = hostExec(name, client, { input: hold, seconds: 120 })
      onTestFinished(async () => {
        await asked(release)
        await holding
      })
      await expect.poll(() => asked(held), { timeout: 15_000 }).toBe('1')
      const shutdown = new AbortController()
      const kept = keepCatalogs(systemCtx('test'), 'backups', shutdown.signal)
      await expect.poll(() => asked(waiting), { timeout: 15_000 }).toBe('1')
      shutdown.abort()
      // By itself it would wait for half a minute.
      await expect.poll(() => asked(waiting), { timeout: 10_000 }).toBe('0')
      await kept
      expect(await db.catalog.findUniqueOrThrow({ where: { id: catalogId } })).toMatchObject({
        ...{ trouble: null, readAt: null },
      })
    })
})
