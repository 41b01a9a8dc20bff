import { afterAll, describe, expect, onTestFinished } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { sshPool } from '@/lib/ssh'
import { failureOf } from '@/lib/ssh/testing/failure-of'
import { labTarget, onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { joinSql, type Sql, type SqlAccount, sql, withReader } from '.'
import { connect } from './connect'
import { keptConnections } from './kept-connections'
import { forward } from './testing/forward'
import type { ServerPlace, SqlPlace } from './types'

const account: SqlAccount = { user: 'bacula', password: 'lab-catalog', database: 'bacula' }

afterAll(async () => {
  await keptConnections().close()
  await sshPool().close()
})

type LabHost = Parameters<Parameters<typeof onLabHost>[2]>[0]

function placeOf(host: LabHost, way: 'tunnel' | 'client', parts: Partial<ServerPlace> = {}): ServerPlace {
  const dialect = host.name === 'poplar' ? 'postgresql' : 'mysql'
  const port = dialect === 'mysql' ? 3306 : 5432
  return { way, dialect, target: labTarget(host), host: '127.0.0.1', port, account, ...parts } as ServerPlace
}

const hostile = ['', "it's", 'a\nb\n', '\t', 'back\\slash\\', '"quoted"', '<row>&lt;', '🌲ü', "'; DROP TABLE x; --"]

/** Everything that a literal can be, of a dialect. */
const nasty: Record<ServerPlace['dialect'], Sql> = {
  mysql: sql`SELECT NULL AS nothing, '' AS empty, x'ff41fe' AS bytes, x'41' AS One, 18446744073709551615 AS big,
    CAST('0000-00-00 00:00:00' AS DATETIME) AS zero, 1.50 AS exact, CAST(-0.1 AS DOUBLE) AS inexact,
    CAST('2026-10-25 02:30:00' AS DATETIME) AS twice, b'1' AS bit, CONCAT('a', CHAR(0), 'b') AS nul, '<&">' AS signs,
    CAST(${'x'} AS BINARY) AS bin, ${'a'} = 'A' AS same, ${-1} - ${-2} AS sum`,
  postgresql: sql`SELECT NULL AS nothing, '' AS empty, E'\\xff41' AS bytes, E'\\xff41'::bytea AS one,
    18446744073709551615 AS big, 1.50 AS exact, -0.1::float8 AS inexact, timestamp '2026-10-25 02:30:00' AS twice,
    true AS yes, interval '1 day 2 hours' AS span, ARRAY['a', NULL] AS list, ${-1} - ${-2} AS sum`,
}

const nastyRow: Record<ServerPlace['dialect'], object> = {
  mysql: {
    nothing: null,
    empty: '',
    bytes: '\ufffdA\ufffd',
    one: 'A',
    big: '18446744073709551615',
    zero: '0000-00-00 00:00:00',
    exact: '1.50',
    inexact: '-0.1',
    twice: '2026-10-25 02:30:00',
    bit: '\u0001',
    nul: 'a\0b',
    signs: '<&">',
    bin: 'x',
    same: '1',
    sum: '1',
  },
  postgresql: {
    nothing: null,
    empty: '',
    bytes: '\ufffd41',
    one: '\\xff3431',
    big: '18446744073709551615',
    exact: '1.50',
    inexact: '-0.1',
    twice: '2026-10-25 02:30:00',
    yes: 't',
    span: '1 day 02:00:00',
    list: '{a,NULL}',
    sum: '1',
  },
}

for (const [name, database, listing, asleep] of [
  [
    'willow',
    'mariadb',
    sql`SELECT id AS id FROM information_schema.processlist WHERE info LIKE ${'%nap%'} AND id <> CONNECTION_ID()`,
    sql`SELECT SLEEP(300) AS nap`,
  ],
  [
    'poplar',
    'postgresql@15-main',
    sql`SELECT pid AS id FROM pg_stat_activity WHERE query LIKE ${'%nap%'} AND state = ${'active'} AND pid <> pg_backend_pid()`,
    sql`SELECT pg_sleep(300) AS nap`,
  ],
] as const) {
  describe(`the real ${database}`, () => {
    onLabHost(name, 'gives the same rows by the driver through SSH and by its own client', async (host) => {
      const questions = [
        nasty[placeOf(host, 'tunnel').dialect],
        joinSql(
          hostile.map((text, at) => sql`SELECT ${at} AS id, ${text} AS text`),
          sql` UNION ALL `,
        ),
        sql`SELECT ${'no row'} AS a WHERE 1 = ${0}`,
        sql`SELECT * FROM Pool ORDER BY Name -- all`,
        sql`SELECT * FROM Job ORDER BY JobId`,
        sql`SELECT * FROM Media ORDER BY MediaId`,
        sql`SELECT * FROM Log ORDER BY LogId`,
      ]
      const answers = []
      for (const way of ['tunnel', 'client'] as const)
        answers.push(
          await withReader(placeOf(host, way), async (reader) => {
            const rows = []
            for (const question of questions) rows.push(await reader.ask(question))
            return { server: reader.server, rows }
          }),
        )
      const [tunnel, client] = answers
      // The client of MySQL writes a NUL as a space; Bacula's texts end in one there.
      const asClient = JSON.stringify(tunnel).replaceAll('\\u0000', ' ')
      expect(JSON.parse(JSON.stringify(client))).toEqual(JSON.parse(asClient))
      expect(tunnel?.rows[0]?.[0]).toEqual(nastyRow[placeOf(host, 'tunnel').dialect])
      expect(tunnel?.rows[1]).toEqual(hostile.map((text, at) => ({ id: `${at}`, text })))
      expect(tunnel?.rows[2]).toEqual([])
      expect(tunnel?.rows[4]?.length).toBeGreaterThan(20)
      expect(Object.keys(tunnel?.rows[3]?.[0] ?? {})).toContain('poolid')
      expect(tunnel?.server).toMatch(/^\d+\.\d+/)
    })

    onLabHost(name, 'is asked over the network; a connection that died unseen is replaced', async (host) => {
      const through = await forward(host, placeOf(host, 'tunnel').port)
      const place: ServerPlace = { ...placeOf(host, 'tunnel'), way: 'direct', tls: { mode: 'off' }, port: through.port }
      const question = sql`SELECT ${'x'} AS x`
      const self = database === 'mariadb' ? sql`SELECT CONNECTION_ID() AS id` : sql`SELECT pg_backend_pid() AS id`
      const ids = []
      for (const cutBefore of [false, false, true]) {
        if (cutBefore) through.cut()
        ids.push(await withReader(place, (reader) => reader.ask(self)))
      }
      expect(ids[1]).toEqual(ids[0])
      expect(ids[2]).not.toEqual(ids[0])
      await withReader(place, async (reader) => {
        expect(await reader.ask(question)).toEqual([{ x: 'x' }])
        const asked = failureOf(reader.ask(asleep, { timeoutMs: 3000 }))
        const running = () => withReader(place, (one) => one.ask(listing))
        await expect.poll(running, { timeout: 20_000 }).toHaveLength(1)
        through.cut()
        expect((await asked).data['reason']).toBe('lost')
        expect(await reader.ask(question)).toEqual([{ x: 'x' }])
        // Nobody could end it any more: the server does.
        await expect.poll(running, { timeout: 20_000 }).toEqual([])
      })
    })

    for (const way of ['tunnel', 'client'] as const) {
      onLabHost(name, `refuses to write, ${way}`, async (host) => {
        const connection = await connect(placeOf(host, way))
        try {
          for (const write of [
            sql`UPDATE Pool SET NumVols = NumVols`,
            sql`CREATE TABLE pollux_was_here (a INT)`,
            sql`DELETE FROM Log WHERE 1 = 0`,
          ]) {
            const error = await failureOf(connection.ask(write, { timeoutMs: 10_000 }))
            expect([error.code, error.data['reason']]).toEqual(['invalid', 'read-only'])
          }
          if (way === 'tunnel') {
            const two = await failureOf(connection.ask(sql`SELECT 1 AS one; SELECT 2 AS two`, { timeoutMs: 10_000 }))
            expect(two.code).toBe('invalid')
          }
          const kept = await connection.ask(sql`SELECT count(*) AS count FROM Log`, { timeoutMs: 10_000 })
          expect(Number(kept[0]?.['count'])).toBeGreaterThan(0)
        } finally {
          await connection.close()
        }
      })

      onLabHost(name, `a question past its time, or cancelled, is gone from the server, ${way}`, async (host) => {
        const place = placeOf(host, way)
        const running = () =>
          withReader(placeOf(host, 'tunnel', { account: { ...account } }), (reader) => reader.ask(listing))
        await withReader(place, async (reader) => {
          const started = performance.now()
          const late = await failureOf(reader.ask(asleep, { timeoutMs: 1500 }))
          expect([late.code, late.data['reason']]).toEqual(['expired', 'too-long'])
          expect(performance.now() - started).toBeLessThan(10_000)
          expect(await running()).toEqual([])
          const cancel = new AbortController()
          const asked = failureOf(reader.ask(asleep, { signal: cancel.signal, timeoutMs: 60_000 }))
          await expect.poll(running, { timeout: 20_000 }).toHaveLength(1)
          const words = await hostExec(name, ['sh', '-c', 'cat /proc/[0-9]*/cmdline'])
          expect(words.stdout).not.toContain(account.password)
          cancel.abort()
          expect((await asked).code).toBe('conflict')
          expect(await running()).toEqual([])
          expect(await reader.ask(sql`SELECT 1 AS one`)).toEqual([{ one: '1' }])
        })
      })

      onLabHost(name, `logs in with a password of odd characters, ${way}`, async (host) => {
        const odd = { user: "odd'one", password: `s3cret'"\\ #;=ü$(x)\`%`, database: account.database }
        const isMaria = database === 'mariadb'
        const admin = async (...statements: string[]) => {
          const client = isMaria ? ['mysql'] : ['su', 'postgres', '-c', 'psql -q -v ON_ERROR_STOP=1']
          const ran = await hostExec(name, client, { input: statements.join(';\n') })
          expect(ran).toMatchObject({ code: 0 })
        }
        const [user, password] = [odd.user, odd.password].map((text) => text.replaceAll("'", "''"))
        if (isMaria) {
          const literal = password?.replaceAll('\\', '\\\\')
          await admin(
            'SET NAMES utf8mb4',
            `CREATE USER '${user}'@'localhost' IDENTIFIED BY '${literal}'`,
            `GRANT SELECT ON bacula.* TO '${user}'@'localhost'`,
          )
          onTestFinished(() => admin(`DROP USER '${user}'@'localhost'`))
        } else {
          await admin(`CREATE ROLE "${odd.user}" LOGIN PASSWORD '${password}'`)
          onTestFinished(() => admin(`DROP ROLE "${odd.user}"`))
        }
        const place = placeOf(host, way, { account: odd })
        const who = isMaria ? sql`SELECT USER() AS who` : sql`SELECT current_user AS who`
        const [row] = await withReader(place, (reader) => reader.ask(who))
        expect(row?.['who']).toMatch(/^odd'one/)
      })

      onLabHost(name, `says what is wrong, ${way}`, async (host) => {
        const place = placeOf(host, way)
        const of = async (parts: Partial<ServerPlace>, question = sql`SELECT 1 AS one`) => {
          const error = await failureOf(
            withReader({ ...place, ...parts } as ServerPlace, (reader) => reader.ask(question)),
          )
          expect(`${error.message} ${JSON.stringify(error)} ${error.cause}`).not.toContain('s3cret')
          expect(error.userMessage).toMatch(/^[A-Z].*\.$/s)
          return error.data['reason']
        }
        // psql tells no codes of what happens before it is connected.
        const isPsql = name === 'poplar' && way === 'client'
        expect(await of({ account: { ...account, password: 's3cret\'"\\ \n#' } })).toBe(
          isPsql ? 'no-login' : 'wrong-password',
        )
        expect(await of({ account: { ...account, database: "no'ne" } })).toBe(isPsql ? 'no-login' : 'no-database')
        expect(await of({ port: 4 })).toBe(isPsql ? 'no-answer' : 'refused')
        expect(await of({}, sql`SELECT a AS a FROM not_there`)).toBe('no-table')
        expect(await of({}, sql`SELECT nothing AS a FROM Pool`)).toBe('no-table')
        const hidden =
          name === 'poplar' ? sql`SELECT rolpassword AS a FROM pg_authid` : sql`SELECT user AS a FROM mysql.user`
        expect(await of({}, hidden)).toBe('no-permission')
        expect(await of({}, sql`SELECT FROM WHERE`)).toBe('other')
      })

      onLabHost(name, `a database that stops in the middle and comes back, ${way}`, async (host) => {
        onTestFinished(async () => {
          // It must not stay down for others; a unit that was killed too often wants to be forgiven first.
          await hostExec(name, ['systemctl', 'reset-failed', database])
          await hostExec(name, ['systemctl', 'start', database])
        })
        const place = placeOf(host, way)
        await withReader(place, async (reader) => {
          await reader.ask(sql`SELECT 1 AS one`)
          const asked = failureOf(reader.ask(asleep))
          const other = placeOf(host, 'tunnel', { account: { ...account } })
          await expect.poll(() => withReader(other, (one) => one.ask(listing)), { timeout: 20_000 }).toHaveLength(1)
          await hostExec(name, ['systemctl', 'kill', '--signal=KILL', database])
          await hostExec(name, ['systemctl', 'stop', database])
          expect((await asked).code).toBe('unreachable')
          expect((await failureOf(reader.ask(sql`SELECT 1 AS one`))).code).toBe('unreachable')
        })
        await hostExec(name, ['systemctl', 'start', database])
        expect(await withReader(place, (reader) => reader.ask(sql`SELECT 1 AS one`))).toEqual([{ one: '1' }])
        // Kept and idle, and then dead without anybody having seen it.
        await hostExec(name, ['systemctl', 'restart', database])
        expect(await withReader(place, (reader) => reader.ask(sql`SELECT 2 AS two`))).toEqual([{ two: '2' }])
      })
    }
  })
}

describe('the real SQLite', () => {
  onLabHost('aspen', 'is asked by its own sqlite3', async (host) => {
    const place = {
      way: 'host-file',
      dialect: 'sqlite',
      target: labTarget(host),
      path: '/var/lib/bacula/bacula.db',
    } as const
    const found = await withReader(place, async (reader) => ({
      server: reader.server,
      texts: await reader.ask(
        joinSql(
          hostile.map((text, at) => sql`SELECT ${at} AS id, ${text} AS Text`),
          sql` UNION ALL `,
        ),
      ),
      odd: await reader.ask(
        sql`SELECT NULL AS nil, x'ff41' AS bytes, CAST(x'410042' AS TEXT) AS nul, 9223372036854775807 AS big, 2.50 AS real`,
      ),
      none: await reader.ask(sql`SELECT ${'no row'} AS a WHERE 1 = ${0}`),
      jobs: await reader.ask(sql`SELECT JobId AS job_id FROM Job ORDER BY JobId DESC`),
    }))
    expect(found.server).toMatch(/^3\.\d+\.\d+$/)
    expect(found.texts).toEqual(hostile.map((text, at) => ({ id: `${at}`, text })))
    expect(found.odd).toEqual([{ nil: null, bytes: '\ufffdA', nul: 'A\0B', big: '9223372036854775807', real: '2.5' }])
    expect(found.none).toEqual([])
    expect(found.jobs.length).toBeGreaterThan(20)
    expect(Number(found.jobs[0]?.['job_id'])).toBeGreaterThan(Number(found.jobs[1]?.['job_id']))
  })

  onLabHost('aspen', 'says what is wrong, and ends what takes too long or is cancelled', async (host) => {
    const at = (path: string, parts = {}) =>
      ({ way: 'host-file', dialect: 'sqlite', target: labTarget(host, parts), path }) as const
    const reason = async (place: SqlPlace, question = sql`SELECT 1 AS one`) => {
      const error = await failureOf(withReader(place, (reader) => reader.ask(question)))
      expect(error.userMessage).toMatch(/^[A-Z].*\.$/s)
      return error.data['reason']
    }
    const real = at('/var/lib/bacula/bacula.db')
    expect(await reason(at("/var/lib/bacula/it's not there.db"))).toBe('no-file')
    expect(await reason(at('/etc/passwd'), sql`SELECT name AS n FROM sqlite_master`)).toBe('no-sqlite')
    expect(await reason(real, sql`SELECT a AS a FROM absent`)).toBe('other')
    const guest = { user: 'guest', privilege: 'none' } as const
    expect(await reason(at(real.path, guest))).toBe('no-file')
    const deploy = { user: 'deploy', privilege: 'sudo' } as const
    const jobs = await withReader(at(real.path, deploy), (reader) => reader.ask(sql`SELECT count(*) AS count FROM Job`))
    expect(Number(jobs[0]?.['count'])).toBeGreaterThan(20)
    const endless = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS count FROM n`
    const runs = async () =>
      (await hostExec('aspen', ['sh', '-c', 'cat /proc/[0-9]*/cmdline'])).stdout.includes('sqlite3')
    await withReader(real, async (reader) => {
      expect((await failureOf(reader.ask(endless, { timeoutMs: 1000 }))).code).toBe('expired')
      await expect.poll(runs, { timeout: 20_000 }).toBe(false)
      const cancel = new AbortController()
      const asked = failureOf(reader.ask(endless, { signal: cancel.signal }))
      await expect.poll(runs, { timeout: 20_000 }).toBe(true)
      cancel.abort()
      expect((await asked).code).toBe('conflict')
      await expect.poll(runs, { timeout: 20_000 }).toBe(false)
    })
    const connection = await connect(real)
    // Breaks out of what is put around a question.
    const write = await failureOf(
      connection.ask(sql`SELECT 1)) AS q; CREATE TABLE pollux_was_here (a); SELECT * FROM (SELECT * FROM (SELECT 1`, {
        timeoutMs: 10_000,
      }),
    )
    expect(write.data['reason']).toBe('read-only')
  })

  onLabHost('willow', 'says that there is no sqlite3', async (host) => {
    const place = { way: 'host-file', dialect: 'sqlite', target: labTarget(host), path: '/etc/passwd' } as const
    const error = await failureOf(withReader(place, (reader) => reader.ask(sql`SELECT 1 AS one`)))
    expect([error.code, error.data['reason']]).toEqual(['invalid', 'no-client'])
  })
})
