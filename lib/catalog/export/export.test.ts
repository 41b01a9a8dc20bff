import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { makeSample } from '../sample/make-sample'
import { samplePath } from '../store/catalog-place'
import { streamTable } from './stream-table'
import { type CellTable, cellTable } from './table-export'
import { getTable } from './tables'
import { csvLine, toCsv } from './to-csv'
import { toJson } from './to-json'

async function* partsOf(...parts: (string | number | null)[][][]) {
  yield* parts
}

async function whole(texts: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of texts) text += piece
  return text
}

describe('csvLine', () => {
  it('quotes what RFC 4180 wants quoted', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\r\nlines', '', null])).toBe(
      'plain,"a,b","say ""hi""","two\r\nlines",,\r\n',
    )
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['-12.5', '-12.5'],
    ['+7', '+7'],
    ['a=b', 'a=b'],
    ['\u202egpj.exe', '\u202egpj.exe'],
  ])('writes %j as %j', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`)
  })

  it('keeps numbers numbers', () => {
    expect(csvLine([0, -5, 1.5, 599_000_000_000, Number.NaN])).toBe('0,-5,1.5,599000000000,\r\n')
  })
})

it('toCsv has a head also where there are no rows', async () => {
  expect(await whole(toCsv(['A', 'B'], partsOf()))).toBe('A,B\r\n')
  expect(await whole(toCsv(['A', 'B'], partsOf([[1, 'x']], [], [[2, null]])))).toBe('A,B\r\n1,x\r\n2,\r\n')
})

it('toJson is one array however it is parted', async () => {
  const text = await whole(toJson(['a', 'b'], partsOf([[1, 'x"\u2028']], [], [[null, '=1']])))
  expect(JSON.parse(text)).toEqual([
    { a: 1, b: 'x"\u2028' },
    { a: null, b: '=1' },
  ])
  expect(JSON.parse(await whole(toJson(['a'], partsOf())))).toEqual([])
})

describe('streamTable', () => {
  const test = withTestStore()
  const viewer = someone('viewer')
  const options = { catalogId: 'c1', format: 'csv', params: new URLSearchParams() } as const

  beforeEach(async () => {
    await test.current().db.catalog.create({
      data: {
        ...{ id: 'c1', name: 'büro "main" <b>', way: 'sample', dialect: 'sqlite', zone: 'Europe/Paris' },
        ...{ zoneSource: 'told', product: 'bacula', schemaVersion: 16 },
      },
    })
    mkdirSync(dirname(samplePath('c1')), { recursive: true })
    await makeSample(samplePath('c1'), { now: new Date(), seed: 1 })
  })

  it('gives a file with a plain name and all rows', async () => {
    const { fileName, body } = await streamTable(viewer, { ...options, table: getTable('sizes') })
    expect(fileName).toMatch(/^b-ro-main-b-sizes-\d{4}-\d\d-\d\d\.csv$/)
    const text = await new Response(body).text()
    expect(text.split('\r\n')[0]).toBe('Table,Rows,Bytes')
    expect(text).toMatch(/\r\nMedia,140,\d+\r\n/)
  })

  it('follows the parameters of the page', async () => {
    const rowsOf = async (params: string) => {
      const { body } = await streamTable(viewer, {
        ...{ ...options, table: getTable('days'), format: 'json', params: new URLSearchParams(params) },
      })
      const rows: unknown = await new Response(body).json()
      return Array.isArray(rows) ? rows.length : 0
    }
    expect([await rowsOf(''), await rowsOf('days=90'), await rowsOf('days=7')]).toEqual([120, 360, 120])
  })

  it('refuses what is not there, and who may not read', async () => {
    const table = getTable('sizes')
    expect((await refusalOf(streamTable(viewer, { ...options, catalogId: 'no', table }))).code).toBe('not-found')
    const nobody = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' } as const
    expect((await refusalOf(streamTable(nobody, { ...options, table }))).code).toBe('forbidden')
    expect(() => getTable('../etc')).toThrow('expected a table of')
  })

  /** Parts of a thousand rows for ever; `made` counts them. */
  function endless(fail = Number.POSITIVE_INFINITY): { table: CellTable; made: () => number; ended: Promise<void> } {
    let made = 0
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const table = cellTable<number>({
      name: 'endless',
      columns: [{ key: 'n', title: 'N', value: (row) => row }],
      async *rows() {
        try {
          for (;;) {
            if (made >= fail) throw new Error('the catalog went away')
            made += 1
            yield Array.from({ length: 1000 }, (_, at) => at)
          }
        } finally {
          end()
        }
      },
    })
    return { table, made: () => made, ended }
  }

  it('fails before it sends anything where the first part fails', async () => {
    await expect(streamTable(viewer, { ...options, table: endless(0).table })).rejects.toThrow('the catalog went away')
  })

  it('breaks off where a later part fails: half a table is no whole one', async () => {
    const { body } = await streamTable(viewer, { ...options, table: endless(3).table })
    await expect(new Response(body).text()).rejects.toThrow('the catalog went away')
  })

  it('reads no further than it is taken, and ends when the reader goes', async () => {
    const { table, made, ended } = endless()
    const { body } = await streamTable(viewer, { ...options, table })
    const reader = body.getReader()
    await reader.read()
    await reader.read()
    const before = made()
    expect(before).toBeLessThan(6)
    await reader.cancel()
    await ended
    expect(made()).toBeLessThan(before + 3)
  })

  it('leaves a reader that takes nothing', async () => {
    const { table, ended } = endless()
    const { body } = await streamTable(viewer, { ...options, table, stallMs: 50 })
    await ended
    await expect(new Response(body).text()).rejects.toThrow('expected a reader to go on')
  })
})
