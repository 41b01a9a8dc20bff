import { readFileSync } from 'node:fs'
import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { sampleSchema } from '@/lib/catalog/sample/schema'
import { catalogOptions, readWords } from './command-words'
import { draw } from './draw'
import { makeModel, spread } from './model'
import { type CatalogOptions, catalogSizes } from './sizes'
import type { Cell } from './table'
import { tablesOf } from './tables'
import { nameOf, pathOf } from './texts'
import { writeRows } from './write-rows'

const small = catalogSizes.small
const options = (shape: 16 | 1026, change: Partial<CatalogOptions> = {}): CatalogOptions => ({
  ...{ size: small, shape, now: Date.parse('2026-11-26T09:00:00Z') / 1000, seed: 1 },
  ...change,
})

function tableOf(name: string, shape: 16 | 1026 = 16, change: Partial<CatalogOptions> = {}): Record<string, Cell>[] {
  const table = tablesOf(shape).find((one) => one.name === name)
  if (!table) throw new Error(`expected a table ${name}`)
  const rows = [...table.rows(makeModel(options(shape, change)))]
  expect(rows.every((row) => row.length === table.columns.length)).toBe(true)
  return rows.map((row) => Object.fromEntries(table.columns.map((column, place) => [column, row[place] ?? null])))
}

describe('a generated catalog', () => {
  it.each([16, 1026] as const)('has exactly as many rows as asked for, schema %i', (shape) => {
    const counts = Object.fromEntries(tablesOf(shape).map(({ name }) => [name, tableOf(name, shape).length]))
    expect(counts).toMatchObject({
      ...{ Client: small.clients, Pool: small.pools, Media: small.volumes, Job: small.jobs, JobMedia: small.jobMedia },
      ...{ Log: small.logLines, Path: small.paths, File: small.files, Version: 1 },
    })
    expect(counts['Filename']).toBe(shape === 16 ? small.filenames : undefined)
    expect(tableOf('Version', shape)).toEqual([{ VersionId: shape }])
  })

  it('names nothing that is not there', () => {
    const ids = (table: string, column: string) => new Set(tableOf(table).map((row) => row[column]))
    const [jobs, media, pools, paths, names] = [
      ids('Job', 'JobId'),
      ids('Media', 'MediaId'),
      ids('Pool', 'PoolId'),
      ids('Path', 'PathId'),
      ids('Filename', 'FilenameId'),
    ]
    const [clients, fileSets] = [ids('Client', 'ClientId'), ids('FileSet', 'FileSetId')]
    const isIn = (set: Set<Cell | undefined>, cell: Cell | undefined) => set.has(cell)
    expect(tableOf('JobMedia').every((row) => isIn(jobs, row['JobId']) && isIn(media, row['MediaId']))).toBe(true)
    expect(
      tableOf('File').every(
        (row) => isIn(jobs, row['JobId']) && isIn(paths, row['PathId']) && isIn(names, row['FilenameId']),
      ),
    ).toBe(true)
    expect(
      tableOf('Job').every(
        (row) => isIn(clients, row['ClientId']) && isIn(fileSets, row['FileSetId']) && isIn(pools, row['PoolId']),
      ),
    ).toBe(true)
    expect(tableOf('Media').every((row) => isIn(pools, row['PoolId']))).toBe(true)
    expect(tableOf('Log').every((row) => isIn(jobs, row['JobId']))).toBe(true)
  })

  it('writes a job only to volumes of its pool', () => {
    const poolOfMedia = new Map(tableOf('Media').map((row) => [row['MediaId'], row['PoolId']]))
    const poolOfJob = new Map(tableOf('Job').map((row) => [row['JobId'], row['PoolId']]))
    const wrong = tableOf('JobMedia').filter(
      (row) => poolOfMedia.get(row['MediaId'] ?? null) !== poolOfJob.get(row['JobId'] ?? null),
    )
    expect(wrong).toEqual([])
    const nameOfPool = new Map(tableOf('Pool').map((row) => [row['PoolId'], String(row['Name']).slice(0, 1)]))
    expect(tableOf('Job').every((row) => nameOfPool.get(row['PoolId'] ?? null) === row['Level'])).toBe(true)
  })

  it('has every client, level and end that a page tells apart', () => {
    const jobs = tableOf('Job')
    expect(new Set(jobs.map((job) => job['ClientId'])).size).toBe(small.clients)
    expect(new Set(jobs.map((job) => job['Level']))).toEqual(new Set(['F', 'D', 'I']))
    for (const status of ['T', 'W', 'f', 'E', 'R']) expect(jobs.map((job) => job['JobStatus'])).toContain(status)
    expect(jobs.filter((job) => job['JobStatus'] === 'R').every((job) => job['EndTime'] === null)).toBe(true)
    const starts = jobs.map((job) => Number(job['JobTDate']))
    expect(Math.max(...starts)).toBeLessThanOrEqual(options(16).now)
    expect(options(16).now - Math.min(...starts)).toBeGreaterThan(100 * 86_400)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(tableOf('Job')).toEqual(tableOf('Job'))
    expect(tableOf('Job', 16, { seed: 2 })).not.toEqual(tableOf('Job'))
    const model = makeModel(options(16))
    expect(model.job(500)).toEqual([...Array(500)].map((_, place) => model.job(500 - place))[0])
  })

  it('spreads rows so that they add up, whatever their number', () => {
    const model = makeModel(options(16))
    for (const rows of [0, 1, 799, 12_345, 1_000_003]) {
      const given = [...spread(model, 'files', rows)].map((one) => one.rows)
      expect(given.reduce((sum, one) => sum + one, 0)).toBe(rows)
      expect(Math.min(...given)).toBeGreaterThanOrEqual(0)
    }
  })

  it('gives each file and folder a name of its own', () => {
    expect(new Set(Array.from({ length: 60_000 }, (_, place) => nameOf(place + 1))).size).toBe(60_000)
    expect(new Set(Array.from({ length: 60_000 }, (_, place) => pathOf(place + 1))).size).toBe(60_000)
    expect(nameOf(1)).toBe('')
  })
})

describe('the schemas', () => {
  it.each(['mariadb', 'postgres'])('of %s have the columns that are written', (server) => {
    for (const shape of [16, 1026] as const) {
      const sql = readFileSync(new URL(`schema-${server}-${shape}.sql`, import.meta.url), 'utf8').toLowerCase()
      for (const { name, columns } of tablesOf(shape)) {
        const body = new RegExp(`create table ${name.toLowerCase()} \\(\\n([^]*?)\\n\\);`).exec(sql)?.[1] ?? ''
        const defined = [...body.matchAll(/^ {2}`?(\w+)/gm)].map((match) => match[1])
        expect(defined).toEqual(expect.arrayContaining(columns.map((column) => column.toLowerCase())))
      }
    }
  })
})

describe('writeRows', () => {
  const write = (format: 'tsv' | 'insert', rows: Cell[][]) => [...writeRows(format, 'T', ['a', 'b'], rows)].join('')

  it('writes what LOAD DATA and COPY read back', () => {
    expect(
      write('tsv', [
        [1, 'x'],
        [null, 'a\tb\\c\nd\r'],
      ]),
    ).toBe('1\tx\n\\N\ta\\tb\\\\c\\nd\\r\n')
  })

  it('writes INSERTs of 500 rows', () => {
    expect(
      write('insert', [
        [1, "o'clock"],
        [2, null],
      ]),
    ).toBe("INSERT INTO T (a, b) VALUES\n(1, 'o''clock'),\n(2, NULL);\n")
    const many = write(
      'insert',
      Array.from({ length: 1001 }, (_, place) => [place, 'x']),
    )
    expect(many.match(/INSERT INTO/g)).toHaveLength(3)
    expect(many.match(/;\n/g)).toHaveLength(3)
    expect(() => write('insert', [[1, 'a\\b']])).toThrow(RangeError)
    expect(write('insert', [])).toBe('')
  })

  it('hands on chunks of a bounded length', () => {
    const file = tablesOf(16).find(({ name }) => name === 'File')
    const lengths = [...writeRows('tsv', 'File', file?.columns ?? [], file?.rows(makeModel(options(16))) ?? [])].map(
      (chunk) => chunk.length,
    )
    expect(lengths.length).toBeGreaterThan(5)
    expect(Math.max(...lengths)).toBeLessThan(263_000)
  })

  it('fills a catalog of Bacula 9 in SQLite', async () => {
    const client = createClient({ url: ':memory:' })
    await client.executeMultiple(sampleSchema())
    const model = makeModel(options(16))
    for (const { name, columns, rows } of tablesOf(16))
      await client.executeMultiple([...writeRows('insert', name, columns, rows(model))].join(''))
    const { rows } = await client.execute(
      'SELECT (SELECT COUNT(*) FROM File) AS files, (SELECT SUM(JobBytes) FROM Job) > 1e12 AS large',
    )
    expect(rows[0]).toMatchObject({ files: small.files, large: 1 })
    client.close()
  })
})

describe('the command line', () => {
  it('reads size, schema and flags', () => {
    const { words, flags } = readWords(['large', '--seed', '7', '1026', '--now', '2026-11-01'], ['now', 'seed'])
    expect(catalogOptions(words, flags)).toMatchObject({
      size: catalogSizes.large,
      shape: 1026,
      seed: 7,
      now: Date.parse('2026-11-01') / 1000,
    })
  })

  it.each([
    [['huge', '16'], 'a size of small, author, large'],
    [['toString', '16'], 'a size of small, author, large'],
    [['small', '17'], 'the schema 16 or 1026'],
    [['small', '16', '--now', 'tomorrow'], '--now with a date'],
    [['small', '16', '--seed', '1.5'], '--seed with a whole number'],
    [['small', '16', '--seed'], '--now or --seed with a value'],
    [['small', '16', '--speed', '9'], 'got --speed'],
  ])('refuses %j', (argv, words) => {
    expect(() => {
      const read = readWords(argv, ['now', 'seed'])
      catalogOptions(read.words, read.flags)
    }).toThrow(words)
  })
})

it('draws evenly, whatever series and place', () => {
  const drawn = Array.from({ length: 40_000 }, (_, place) => draw(1, place % 7, place))
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => drawn.filter((value) => Math.floor(value * 10) === tenth).length,
  )
  expect(Math.min(...tenths)).toBeGreaterThan(3800)
  expect(Math.max(...tenths)).toBeLessThan(4200)
  expect(draw(1, 2, 3)).toBe(draw(1, 2, 3))
  expect(draw(1, 2, 3)).not.toBe(draw(1, 2, 3 + 2 ** 32))
})
