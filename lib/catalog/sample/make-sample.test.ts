import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemaOf } from '@/lib/catalog/rules'
import { dueRuns } from './calendar'
import { toBase64 } from './files'
import { makeSample } from './make-sample'
import { makeRandom } from './random'

const now = new Date('2026-11-26T09:00:00Z')
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-sample-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function ask(path: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = createClient({ url: pathToFileURL(path).href })
  try {
    const { rows, columns } = await client.execute(sql)
    return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
  } finally {
    client.close()
  }
}

describe('makeSample', () => {
  it("writes the article's table", async () => {
    const path = join(dir, 'a name #1.db')
    await makeSample(path, { now, seed: 1 })
    const rows = await ask(
      path,
      `SELECT p.Name, COUNT(m.MediaId) AS tapes, CAST(ROUND(TOTAL(m.VolBytes) / 1e9) AS INTEGER) AS gb
       FROM Pool p LEFT JOIN Media m ON m.PoolId = p.PoolId GROUP BY p.PoolId ORDER BY p.PoolId`,
    )
    expect(rows).toEqual([
      { Name: 'A-Full-Pool', tapes: 73, gb: 313 },
      { Name: 'B-Full-Pool', tapes: 28, gb: 120 },
      { Name: 'C-Full-Pool', tapes: 4, gb: 17 },
      { Name: 'Diff-Pool', tapes: 22, gb: 94 },
      { Name: 'Incr-Pool', tapes: 13, gb: 55 },
      { Name: 'Default', tapes: 0, gb: 0 },
    ])
    expect(await ask(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(existsSync(`${path}.draft`)).toBe(false)
  })

  it('is known as a catalog of Bacula 9, and as a sample', async () => {
    const path = join(dir, 'sample.db')
    await makeSample(path, { now, seed: 1 })
    const tables = (await ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'")).map(({ name }) =>
      String(name),
    )
    const versionId = Number((await ask(path, 'SELECT VersionId FROM Version'))[0]?.['VersionId'])
    expect(schemaOf({ versionId, tables })).toMatchObject({
      known: true,
      schema: { name: 'Bacula 9.0 to 9.6' },
    })
    const [mark] = await ask(path, 'SELECT Counter FROM Counters')
    expect(mark?.['Counter']).toBe('PolluxSample')
  })

  it('takes the place of an earlier one, and leaves it when it fails', async () => {
    const path = join(dir, 'sample.db')
    await makeSample(path, { now, seed: 1 })
    const first = readFileSync(path)
    await makeSample(path, { now, seed: 2 })
    const second = readFileSync(path)
    expect(second.equals(first)).toBe(false)
    await expect(makeSample(path, { now, seed: 3, zone: 'Nowhere/None' })).rejects.toThrow(RangeError)
    expect(readFileSync(path).equals(second)).toBe(true)
    await makeSample(path, { now, seed: 1 })
    expect(readFileSync(path).equals(first)).toBe(true)
  })

  it('leads every path up to the root', async () => {
    const path = join(dir, 'sample.db')
    await makeSample(path, { now, seed: 1 })
    const lost = await ask(
      path,
      `SELECT p.Path FROM Path p LEFT JOIN PathHierarchy h ON h.PathId = p.PathId LEFT JOIN Path up ON up.PathId = h.PPathId
       WHERE p.Path <> '' AND (up.PathId IS NULL OR SUBSTR(p.Path, 1, LENGTH(up.Path)) <> up.Path)`,
    )
    expect(lost).toEqual([])
    expect(await ask(path, "SELECT COUNT(*) AS roots FROM Path WHERE Path = '/'")).toEqual([{ roots: 1 }])
  })
})

describe('dueRuns', () => {
  const walls = (rules: Parameters<typeof dueRuns>[0], from: string, to: string) =>
    dueRuns(rules, Date.parse(`${from}Z`), Date.parse(`${to}Z`)).map(({ wall }) =>
      new Date(wall).toISOString().slice(0, 16),
    )

  it('finds the first Saturdays, and every second month', () => {
    const rule = { level: 'F', weekdays: [6], nth: [1], hour: 23, minute: 5 } as const
    expect(walls([rule], '2026-10-01T00:00', '2026-12-31T00:00')).toEqual([
      '2026-10-03T23:05',
      '2026-11-07T23:05',
      '2026-12-05T23:05',
    ])
    expect(walls([{ ...rule, months: [11] }], '2026-10-01T00:00', '2026-12-31T00:00')).toEqual(['2026-11-07T23:05'])
  })

  it('counts the fifth Sunday, and keeps to its bounds', () => {
    const rule = { level: 'D', weekdays: [0], nth: [2, 3, 4, 5], hour: 22, minute: 10 } as const
    expect(walls([rule], '2026-11-08T22:10', '2026-11-29T22:10')).toHaveLength(4)
    expect(walls([rule], '2026-11-08T22:11', '2026-11-29T22:09')).toHaveLength(2)
  })
})

it.each([
  [0, 'A'],
  [63, '/'],
  [64, 'BA'],
  [33188, 'IGk'],
  [4096, 'BAA'],
])('writes %i as Bacula does', (value, text) => {
  expect(toBase64(value)).toBe(text)
})

it('draws evenly, and other numbers for other seeds', () => {
  const random = makeRandom(3)
  const drawn = Array.from({ length: 20_000 }, () => random.next())
  const tenths = Array.from(
    { length: 10 },
    (_, place) => drawn.filter((value) => Math.floor(value * 10) === place).length,
  )
  expect(Math.min(...tenths)).toBeGreaterThan(1850)
  expect(Math.max(...tenths)).toBeLessThan(2150)
  expect(new Set(Array.from({ length: 500 }, (_, seed) => makeRandom(seed).next())).size).toBe(500)
})
