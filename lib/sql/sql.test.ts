import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertReads } from './assert-reads'
import { joinSql, type Sql, sql, sqlList } from './sql'
import { mysqlLiteral, postgresLiteral, sqliteLiteral, textOf } from './text-of'

const literals = {
  mysql: mysqlLiteral('utf8mb4'),
  'an old mysql': mysqlLiteral('utf8'),
  sqlite: sqliteLiteral,
  postgresql: postgresLiteral('UTF8'),
  'postgresql of one byte a character': postgresLiteral('LATIN1'),
}

/** The bytes or code points of every literal in a text, read back. */
function readBack(text: string): string[] {
  return [...text.matchAll(/x'([0-9a-f]*)'|E'((?:\\x[0-9a-f]{2})*)'|U&'((?:\\\+[0-9a-f]{6})*)'/g)].map(
    ([, bytes, escaped, points]) =>
      points === undefined
        ? Buffer.from(bytes ?? (escaped ?? '').replaceAll('\\x', ''), 'hex').toString('utf8')
        : String.fromCodePoint(...(points.match(/[0-9a-f]{6}/g) ?? []).map((point) => Number.parseInt(point, 16))),
  )
}

const anyText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))

describe('a question', () => {
  it('keeps its values apart from its text, however it is put together', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.bigInt(), fc.constant(null)), { minLength: 1 }), (values) => {
        const inner = sql`a IN (${sqlList(values)})`
        const whole = sql`SELECT ${values[0] ?? null} FROM t WHERE ${joinSql([inner, inner], sql` OR `)} LIMIT ${1}`
        expect(whole.values).toEqual([values[0], ...values, ...values, 1])
        expect(whole.texts).toHaveLength(whole.values.length + 1)
        const list = values.map(() => '').join(', ')
        expect(whole.texts.join('')).toBe(`SELECT  FROM t WHERE a IN (${list}) OR a IN (${list}) LIMIT `)
      }),
    )
  })

  it('refuses an empty list', () => {
    expect(() => sqlList([])).toThrow(RangeError)
  })
})

describe.each(Object.entries(literals))('the text for %s', (_, literal) => {
  it('holds no value, but what reads back as it', () => {
    fc.assert(
      fc.property(fc.array(anyText), (values) => {
        const text = textOf(
          sql`SELECT ${joinSql(
            values.map((value) => sql`${value}`),
            sql`,`,
          )};`,
          literal,
        )
        expect(text).toMatch(/^SELECT [\w()+,&' \\]*;$/)
        expect(readBack(text)).toEqual(values)
      }),
    )
  })

  it('writes numbers in digits, and nothing that is none', () => {
    expect(textOf(sql`SELECT ${1} - ${-2n}, ${1.5}, ${null}`, literal)).toBe('SELECT 1 - (-2), 1.5, NULL')
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => textOf(sql`${odd}`, literal)).toThrow('number')
  })
})

it('refuses a NUL for PostgreSQL, which has none', () => {
  expect(() => literals.postgresql('a\0')).toThrow('NUL')
  expect(literals.sqlite('a\0')).toContain('6100')
})

describe('only questions that read go out', () => {
  const made = (text: string): Sql => ({ texts: [text], values: [] })
  it.each(['SELECT 1', ' (select 1)', '\nWITH x AS (SELECT 1) SELECT * FROM x', 'SHOW TABLE STATUS'])('%s', (text) => {
    expect(() => assertReads(made(text))).not.toThrow()
  })
  it.each([
    '',
    'DELETE FROM Job',
    'selected',
    'INSERT INTO x SELECT 1',
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    'SELECT 1 into\n@x',
    "SELECT writefile('x', 'y')",
    'PRAGMA user_version = 5',
    '; DROP TABLE Job',
  ])('not %s', (text) => {
    expect(() => assertReads(made(text))).toThrow('only reads')
  })
})
