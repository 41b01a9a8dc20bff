import { describe, expect, it } from 'vitest'
import { parseServerVersion, type ServerVersion } from '../version'
import { formatSize, megabytes, parseSize } from './size'
import { supportOf } from './support'
import { table } from './table'
import { findByPrefix, findVariable, knownNames, ruleFor, variableName } from './variable-rule'

function server(text: string): ServerVersion {
  const version = parseServerVersion(text)
  if (version === null) throw new Error(`expected a version, got ${text}`)
  return version
}

describe('a row of the table', () => {
  it.each(table.map((row) => [row.name, row] as const))('%s is well formed', (name, row) => {
    expect(name).toMatch(/^[a-z][a-z0-9_]+$/)
    if (row.replacedBy !== undefined) expect(findVariable(row.replacedBy)).not.toBeNull()
    for (const life of [row.mysql, row.mariadb])
      for (const numbers of [life?.min, life?.max, life?.block, life?.startsFrom])
        for (const text of typeof numbers === 'object' ? Object.values(numbers) : numbers ? [numbers] : [])
          expect(text === 'none' || parseSize(text) !== null, `${name}: ${text}`).toBe(true)
  })

  it('stands once', () => expect(new Set(table.map(({ name }) => name)).size).toBe(table.length))

  // Integer-like keys would come first in an object, whatever their order in the file.
  it('says versions in their order', () => {
    for (const row of table)
      for (const life of [row.mysql, row.mariadb])
        for (const moving of Object.values(life ?? {}))
          if (typeof moving === 'object' && moving !== null) {
            const keys = Object.keys(moving).map((key) => (key.split(' ')[0] ?? '').split('.').map(Number))
            expect(keys).toEqual([...keys].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0)))
          }
  })
})

describe('a name', () => {
  it.each(['max_connections', 'max-connections', 'loose-Max-Connections', ' MAX_CONNECTIONS'])('%s', (text) =>
    expect(findVariable(text)?.name).toBe('max_connections'),
  )
  it('is found by an abbreviation that only one row begins with', () => {
    expect(findByPrefix('max_connection')?.name).toBe('max_connections')
    expect(findByPrefix('innodb_buffer')).toBeNull()
    expect(findByPrefix('nothing_like_it')).toBeNull()
  })
  it('is not made up', () => {
    expect(findVariable('max_conections')).toBeNull()
    expect(ruleFor('max_conections', server('8.0.36'))).toBeNull()
    expect(variableName('loose_innodb-x')).toBe('innodb_x')
  })
})

describe('what a version makes of it', () => {
  it.each([
    ['query_cache_size', '5.7.44', true],
    ['query_cache_size', '8.0.3', false],
    ['query_cache_size', '11.8.3-MariaDB', true],
    ['table_cache', '5.0.51', true],
    ['table_cache', '5.6.10', false],
    ['table_open_cache', '5.0.51', false],
    ['innodb_redo_log_capacity', '8.0.29', false],
    ['innodb_redo_log_capacity', '8.0.30', true],
    ['innodb_redo_log_capacity', '10.11.2-MariaDB', false],
    ['expire_logs_days', '8.0.36', true],
    ['expire_logs_days', '8.4.0', false],
    ['default_authentication_plugin', '8.4.0', false],
    ['innodb_additional_mem_pool_size', '5.6.51', true],
    ['innodb_additional_mem_pool_size', '5.7.44', false],
    ['performance_schema', '5.1.73', false],
    ['log_warnings', '8.0.36', false],
    ['storage_engine', '5.0.51', false],
    ['aria_pagecache_buffer_size', '8.0.36', false],
    ['innodb_buffer_pool_size_max', '10.11.11-MariaDB', false],
    ['innodb_buffer_pool_size_max', '10.11.12-MariaDB', true],
    ['innodb_buffer_pool_size_max', '11.4.5-MariaDB', false],
    ['innodb_buffer_pool_size_max', '11.5.2-MariaDB', false],
    ['innodb_buffer_pool_size_max', '12.0.1-MariaDB', true],
  ])('%s in %s: %s', (name, text, isKnown) => {
    expect(ruleFor(name, server(text))?.isKnown).toBe(isKnown)
    expect(knownNames(server(text)).includes(name)).toBe(isKnown)
  })

  it('innodb_thread_concurrency does nothing from MariaDB 10.5.5 on', () => {
    const rule = (text: string) => ruleFor('innodb_thread_concurrency', server(text))
    expect(rule('10.11.14-MariaDB')).toMatchObject({ isKnown: true, doesNothing: true })
    expect(rule('10.4.34-MariaDB')).toMatchObject({ isKnown: true, doesNothing: false })
    expect(rule('8.0.36')).toMatchObject({ isKnown: true, doesNothing: false, default: '0' })
    expect(rule('5.0.51')).toMatchObject({ default: '8', isDynamic: true })
  })

  it('the buffer pool has its own floor, block and way to change', () => {
    const rule = (text: string) => ruleFor('innodb_buffer_pool_size', server(text))
    expect(rule('5.0.51')).toMatchObject({ min: 2 ** 20, startsFrom: 2 ** 20, isDynamic: false, default: '8M' })
    expect(rule('8.0.36')).toMatchObject({ min: 5 * 2 ** 20, startsFrom: 5 * 2 ** 20, isDynamic: true, max: null })
    expect(rule('10.11.19-MariaDB')).toMatchObject({
      min: 2 * 2 ** 20,
      startsFrom: 6 * 2 ** 20,
      block: 2 ** 20,
      source: 'MariaDB manual, InnoDB System Variables, innodb_buffer_pool_size',
    })
  })
})

describe('a size', () => {
  it.each([
    ['16k', 16384],
    ['6M', 6 * 2 ** 20],
    ['1G', 2 ** 30],
    ['-1', -1],
    ['10.000000', 10],
    ['102400', 102400],
  ])('%s', (text, bytes) => expect(parseSize(text)).toBe(bytes))
  it.each(['', 'K', '6MB', '6 M', 'ON', '0x10', '1e3'])('%s is none', (text) => expect(parseSize(text)).toBeNull())
  it.each([
    [6 * 2 ** 20, '6M'],
    [102400, '100K'],
    [2 ** 30, '1G'],
    [1000, '1000'],
    [0, '0'],
  ])('%s is written %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text)
    expect(parseSize(formatSize(bytes))).toBe(bytes)
  })
  it('is never said too low', () => expect(megabytes(2 ** 20 + 1)).toBe('2 MB'))
})

it.each([
  ['10.11.19-MariaDB', 'live-tested'],
  ['10.5.23-MariaDB', 'live-tested'],
  ['11.8.3-MariaDB', 'live-tested'],
  ['10.6.18-MariaDB', 'published lists only'],
  ['5.0.51', 'published lists only'],
  ['8.4.2', 'published lists only'],
  ['9.7.0', 'unproved'],
  ['12.0.2-MariaDB', 'unproved'],
])('%s is %s', (text, support) => expect(supportOf(server(text))).toBe(support))
