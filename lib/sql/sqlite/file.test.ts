import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from '@/lib/ssh/testing/failure-of'
import { sql, withReader, writeSqliteFile } from '..'
import { keptConnections } from '../kept-connections'
import { sqliteLiteral, textOf } from '../text-of'
import type { SqlPlace } from '../types'

const dir = mkdtempSync(join(tmpdir(), 'pollux-sql-'))
const at = (name: string): SqlPlace => ({ way: 'file', dialect: 'sqlite', path: join(dir, name) })
// A name that a URL would take apart.
const place = at('a #1?.sqlite')
const endless = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS count FROM n`

beforeAll(() =>
  writeSqliteFile(
    join(dir, 'a #1?.sqlite'),
    `CREATE TABLE Thing (Id INTEGER, Name TINYBLOB);
     INSERT INTO Thing VALUES (1, CAST(x'ff41' AS TEXT)), (2, CAST(x'410042' AS TEXT)), (3, NULL);`,
    { Thing: [{ Id: 4, Name: '' }] },
  ),
)
afterAll(async () => {
  await keptConnections().close()
  rmSync(dir, { recursive: true })
})

describe('an SQLite file', () => {
  it('gives every cell as the text that SQLite prints, bytes read as UTF-8', async () => {
    const rows = await withReader(place, async (reader) => {
      expect(reader).toMatchObject({ dialect: 'sqlite', server: expect.stringMatching(/^3\.\d+\.\d+$/) })
      return [
        await reader.ask(sql`SELECT Id AS id, Name AS name FROM Thing ORDER BY Id DESC -- the last`),
        await reader.ask(
          sql`WITH x AS (SELECT 9223372036854775807 AS Big, 2.50 AS real, ${'it\'s "new"\n\0?\\🌲'} AS text) SELECT * FROM x`,
        ),
        await reader.ask(sql`SELECT typeof(${-1}) AS a, ${1} - ${-2} AS b, typeof(${'1'}) AS c, ${null} AS d`),
        await reader.ask(sql`SELECT id FROM Thing WHERE name = ${''} AND id > ${3n}`),
        await reader.ask(sql`SELECT id FROM Thing WHERE name = ${'none'}`),
      ]
    })
    expect(rows).toEqual([
      [
        { id: '4', name: '' },
        { id: '3', name: null },
        { id: '2', name: 'A\0B' },
        { id: '1', name: '\ufffdA' },
      ],
      [{ big: '9223372036854775807', real: '2.5', text: 'it\'s "new"\n\0?\\🌲' }],
      [{ a: 'integer', b: '3', c: 'text', d: null }],
      [{ id: '4' }],
      [],
    ])
  })

  it('lets a value use an index', async () => {
    const path = join(dir, 'index.sqlite')
    await writeSqliteFile(path, 'CREATE TABLE t (name TINYBLOB); CREATE INDEX by_name ON t (name);', {})
    const client = createClient({ url: `file:${path}` })
    const text = textOf(sql`SELECT name FROM t WHERE name = ${'x'}`, sqliteLiteral)
    const { rows } = await client.execute(`EXPLAIN QUERY PLAN ${text}`)
    client.close()
    expect(rows[0]?.['detail']).toContain('USING COVERING INDEX by_name (name=?)')
  })

  it('cannot be written, even by the process that reads it', async () => {
    const path = join(dir, 'a #1?.sqlite')
    const before = [readFileSync(path), readdirSync(dir)]
    const child = fork('lib/sql/sqlite/file-process.mjs', [pathToFileURL(path).href], { serialization: 'advanced' })
    const answer = async () => (await once(child, 'message'))[0]
    try {
      expect(await answer()).toHaveProperty('server')
      for (const text of [
        "INSERT INTO Thing VALUES (5, 'x') RETURNING Id",
        "UPDATE Thing SET Name = 'x' RETURNING Id",
        'PRAGMA journal_mode = WAL',
      ]) {
        child.send({ kind: 'rows', text })
        expect(await answer()).toMatchObject({ error: { rawCode: 8 } })
      }
      child.send({ kind: 'rows', text: 'SELECT CAST(count(*) AS BLOB) FROM Thing' })
      expect(await answer()).toEqual({ rows: [['4']] })
    } finally {
      child.kill()
    }
    expect([readFileSync(path), readdirSync(dir)]).toEqual(before)
    const write = withReader(place, (reader) => reader.ask(sql`DELETE FROM Thing RETURNING Id`))
    expect((await failureOf(write)).code).toBe('internal')
  })

  it('ends what takes too long, while the process goes on, and answers the next question', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 10)
    try {
      await withReader(place, async (reader) => {
        const started = performance.now()
        const error = await failureOf(reader.ask(endless, { timeoutMs: 500 }))
        expect(performance.now() - started).toBeLessThan(4000)
        expect([error.code, error.data['reason']]).toEqual(['expired', 'too-long'])
        expect(error.userMessage).toContain('0.5 s')
        expect(ticks).toBeGreaterThan(15)
        expect(await reader.ask(sql`SELECT 1 AS one`)).toEqual([{ one: '1' }])
      })
    } finally {
      clearInterval(timer)
    }
  })

  it('ends what is cancelled, before and in the middle', async () => {
    await withReader(place, async (reader) => {
      const cancel = new AbortController()
      const asked = failureOf(reader.ask(endless, { signal: cancel.signal }))
      setTimeout(() => cancel.abort(), 100)
      const started = performance.now()
      expect((await asked).code).toBe('conflict')
      expect(performance.now() - started).toBeLessThan(4000)
      expect((await failureOf(reader.ask(sql`SELECT 1 AS one`, { signal: cancel.signal }))).code).toBe('conflict')
      expect(await reader.ask(sql`SELECT 1 AS one`)).toEqual([{ one: '1' }])
    })
  })

  it('says what is wrong with a file or a question', async () => {
    writeFileSync(join(dir, 'text.sqlite'), 'no database at all, but a text that is long enough\n')
    writeFileSync(join(dir, 'torn.sqlite'), readFileSync(join(dir, 'a #1?.sqlite')).subarray(0, 1000).fill('x', 40))
    const reasons = []
    for (const name of ['missing.sqlite', 'text.sqlite', '.', 'torn.sqlite']) {
      const error = await failureOf(
        withReader(at(name), (reader) => reader.ask(sql`SELECT name AS n FROM sqlite_master`)),
      )
      expect(error.userMessage).toMatch(/\.$/)
      reasons.push([error.code, error.data['reason']])
    }
    expect(reasons.slice(0, 3)).toEqual([
      ['invalid', 'no-file'],
      ['invalid', 'no-sqlite'],
      ['invalid', 'no-file'],
    ])
    expect(reasons[3]?.[0]).toBe('invalid')
    const error = await failureOf(withReader(place, (reader) => reader.ask(sql`SELECT a FROM absent`)))
    expect(error).toMatchObject({ code: 'invalid', userMessage: expect.stringContaining('no such table: absent') })
  })
})
