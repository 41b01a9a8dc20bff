import { describe, expect, it } from 'vitest'
import { parseServerVersion, type ServerVersion } from '../version'
import { peakOf } from './peak'

function server(text: string): ServerVersion {
  const version = parseServerVersion(text)
  if (version === null) throw new Error(`expected a version, got ${text}`)
  return version
}

const maria = server('10.11.19-MariaDB')
const mega = 2 ** 20
const part = (values: Record<string, string>, version: ServerVersion, id: string) =>
  peakOf(values, version).parts.find((one) => one.id === id)

describe('the peak of a server', () => {
  it.each(['10.5.23-MariaDB', '10.11.19-MariaDB', '11.8.9-MariaDB', '5.0.51', '5.7.44', '8.0.36', '8.4.2'])(
    'of %s is the sum of its parts',
    (text) => {
      const { total, parts, assumptions } = peakOf({}, server(text))
      expect(total).toBe(parts.reduce((sum, { bytes }) => sum + bytes, 0))
      expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
      expect(assumptions).toHaveLength(parts.length)
      for (const { bytes, formula } of parts) {
        expect(bytes).toBeGreaterThan(0)
        expect(Number.isInteger(bytes)).toBe(true)
        expect(formula).not.toBe('')
      }
    },
  )

  it('grows with each value that takes memory', () => {
    const before = peakOf({}, maria).total
    for (const [name, value] of [
      ['key_buffer_size', '1G'],
      ['innodb_buffer_pool_size', '1G'],
      ['aria_pagecache_buffer_size', '1G'],
      ['max_connections', '1000'],
      ['sort_buffer_size', '64M'],
      ['thread_stack', '8M'],
      ['performance_schema', 'ON'],
      ['table_open_cache', '20000'],
      ['log_bin', 'ON'],
      ['max_allowed_packet', '1G'],
    ] as const)
      expect(peakOf({ [name]: value }, maria).total, name).toBeGreaterThan(before)
  })

  it('counts what each connection takes as often as there are connections', () =>
    expect(part({ max_connections: '10', sort_buffer_size: '100k' }, maria, 'sort')).toEqual({
      id: 'sort',
      label: 'Sort buffers',
      bytes: 1_024_000,
      formula: '10 × 100K',
    }))

  it('counts nothing that the version does not have', () => {
    expect(part({ query_cache_size: '64M', query_cache_type: 'ON' }, server('8.0.36'), 'query-cache')).toBeUndefined()
    expect(part({ query_cache_size: '64M', query_cache_type: '1' }, server('5.0.51'), 'query-cache')?.bytes).toBe(
      64 * mega,
    )
    expect(part({}, server('8.0.36'), 'aria')).toBeUndefined()
    expect(part({}, server('5.0.51'), 'performance-schema')).toBeUndefined()
    expect(part({}, server('5.7.44'), 'additional-pool')).toBeUndefined()
  })

  it('counts temporary tables as the version limits them', () => {
    const bytes = (values: Record<string, string>, text: string) =>
      part(values, server(text), 'temporary-tables')?.bytes
    expect(bytes({ max_connections: '40', tmp_table_size: '4M', max_heap_table_size: '8M' }, '5.7.44')).toBe(200 * mega)
    const shared = { max_connections: '40', tmp_table_size: '4M', temptable_max_ram: '8M', temptable_max_mmap: '0' }
    expect(bytes(shared, '8.0.36')).toBe(8 * mega)
    expect(bytes({ ...shared, temptable_max_ram: '1G' }, '8.0.36')).toBe(160 * mega)
    expect(bytes({ ...shared, temptable_max_ram: '1G' }, '8.0.27')).toBe(1024 * mega)
  })

  it('takes a log buffer twice where the server does', () => {
    const bytes = (text: string) => part({ innodb_log_buffer_size: '8M' }, server(text), 'log-buffer')?.bytes
    expect([bytes('10.11.19-MariaDB'), bytes('5.7.44'), bytes('8.0.36'), bytes('5.0.51')]).toEqual(
      [16, 16, 8, 8].map((megas) => megas * mega),
    )
  })

  // VmHWM while ten connections sort, join, group and insert at the same time, with indexes built after it.
  const busy = {
    ...{ max_connections: '10', innodb_log_buffer_size: '2M', key_buffer_size: '256K', sort_buffer_size: '128K' },
    ...{ join_buffer_size: '128K', read_buffer_size: '64K', read_rnd_buffer_size: '128K', tmp_table_size: '4M' },
    ...{ max_heap_table_size: '4M', table_open_cache: '64', aria_pagecache_buffer_size: '1M', query_cache_type: '0' },
    ...{ aria_sort_buffer_size: '1M', myisam_sort_buffer_size: '1M', bulk_insert_buffer_size: '256K' },
    max_allowed_packet: '4M',
  }
  it.each([
    ['10.5.23-MariaDB', '24M', 144],
    ['10.11.19-MariaDB', '17M', 139],
  ])('of %s at work with a pool of %s is above the %d MB that were measured', (text, pool, measured) =>
    expect(peakOf({ ...busy, innodb_buffer_pool_size: pool }, server(text)).total).toBeGreaterThan(measured * mega),
  )

  // VmHWM of Debian's binaries in megabytes, idle: all at its least, and with the defaults of the binary.
  const least = {
    innodb_buffer_pool_size: '8M',
    innodb_log_buffer_size: '2M',
    key_buffer_size: '16K',
    max_connections: '10',
  }
  const small = { ...least, aria_pagecache_buffer_size: '1M', table_open_cache: '64', query_cache_size: '0' }
  it.each([
    ['10.5.23-MariaDB', small, 46],
    ['10.11.19-MariaDB', small, 55],
    ['11.8.9-MariaDB', small, 71],
    ['10.11.19-MariaDB', { ...small, performance_schema: 'ON' }, 141],
    ['10.11.19-MariaDB', { ...small, innodb_log_buffer_size: '16M' }, 82],
    ['10.5.23-MariaDB', {}, 108],
    ['10.11.19-MariaDB', {}, 115],
    ['11.8.9-MariaDB', {}, 132],
    ['9.7.4', { ...least, performance_schema: 'OFF', table_open_cache: '64' }, 205],
    ['9.7.4', { ...least, performance_schema: 'ON', table_open_cache: '64' }, 344],
    ['9.7.4', {}, 524],
  ])('of %s with %j is above the %d MB that were measured', (text, values, measured) =>
    expect(peakOf(values, server(text)).total).toBeGreaterThan(measured * mega),
  )
})
