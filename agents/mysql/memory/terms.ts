import { formatSize } from '../variables/size'
import { isAtLeast } from '../version'
import { baseOf } from './base'
import { largePackets } from './concurrency'
import type { Lookup, Term } from './term'

const kilo = 2 ** 10
const mega = 2 ** 20

/**
 * What a session holds beside its buffers: the thread's own structures, memory roots, and what malloc keeps back for its thread
 * on a machine of several processors (with MALLOC_ARENA_MAX=1 twenty sessions took 9 MB less on two).
 */
const session = 1344 * kilo
const openTable = 16 * kilo
const definition = 8 * kilo

/** The parts of the peak, in the order of the bar. */
export const terms: readonly Term[] = [
  {
    id: 'process',
    label: 'The server itself',
    assumption:
      'Code, dictionary and background threads are what was measured on servers with nothing to do, rounded up.',
    count: ({ version }) => ({ bytes: baseOf(version), formula: 'measured' }),
  },
  {
    id: 'pool',
    label: 'InnoDB buffer pool',
    assumption: 'The buffer pool is full, and its page descriptors and hashes take a tenth more.',
    count: (look) => times(look, 'innodb_buffer_pool_size', 1.1),
  },
  {
    id: 'log-buffer',
    label: 'InnoDB log buffer',
    assumption: 'MySQL 5.7 and MariaDB hold the log buffer twice, the one that fills and the one that is written.',
    count: (look) => times(look, 'innodb_log_buffer_size', isLogBufferTwice(look) ? 2 : 1),
  },
  {
    id: 'additional-pool',
    label: 'InnoDB additional pool',
    assumption: 'The additional pool of old versions is used up.',
    count: (look) => times(look, 'innodb_additional_mem_pool_size', 1),
  },
  {
    id: 'key-buffer',
    label: 'MyISAM key cache',
    assumption: 'The key cache is full.',
    count: (look) => times(look, 'key_buffer_size', 1),
  },
  {
    id: 'aria',
    label: 'Aria page cache',
    assumption:
      'The Aria page cache, which MariaDB uses for its own temporary tables, is full; its lists take a tenth more.',
    count: (look) => times(look, 'aria_pagecache_buffer_size', 1.1),
  },
  {
    id: 'query-cache',
    label: 'Query cache',
    assumption: 'The query cache is full where it is on; a server that starts with it off never touches its memory.',
    count: (look) =>
      look.isOn('query_cache_type') ? times(look, 'query_cache_size', 1) : { bytes: 0, formula: 'off' },
  },
  {
    id: 'performance-schema',
    label: 'performance_schema',
    assumption: 'performance_schema takes what was measured, and more for each connection that may come.',
    count: performanceSchema,
  },
  {
    id: 'table-caches',
    label: 'Open tables and definitions',
    assumption: 'The caches of open tables (16 KB each) and of definitions (8 KB each) are full.',
    count(look) {
      const tables = look.number(look.has('table_open_cache') ? 'table_open_cache' : 'table_cache')
      const definitions = look.number('table_definition_cache')
      return {
        bytes: tables * openTable + definitions * definition,
        formula: `${tables} × ${formatSize(openTable)} + ${definitions} × ${formatSize(definition)}`,
      }
    },
  },
  perConnection('sort', 'Sort buffers', ['sort_buffer_size'], 'Every connection sorts at the same time.'),
  perConnection(
    'join',
    'Join buffers',
    ['join_buffer_size'],
    'Every connection joins without an index, once per query.',
  ),
  perConnection(
    'read',
    'Read buffers',
    ['read_buffer_size', 'read_rnd_buffer_size'],
    'Every connection scans a table and reads in sorted order.',
  ),
  {
    id: 'sessions',
    label: 'Threads of the connections',
    assumption: 'Each connection touches its whole stack, and takes 1.3 MB and its two network buffers beside it.',
    count(look) {
      const each = look.number('thread_stack') + 2 * look.number('net_buffer_length') + session
      return multiplied(look, each)
    },
  },
  {
    id: 'binlog',
    label: 'Caches of the binary log',
    assumption: 'With a binary log, each connection has a transaction open in both of its caches.',
    count: (look) =>
      look.isOn('log_bin')
        ? multiplied(look, look.number('binlog_cache_size') + look.number('binlog_stmt_cache_size'))
        : { bytes: 0, formula: 'off' },
  },
  {
    id: 'packets',
    label: 'Large packets',
    assumption: 'One connection in 32 sends a packet of the largest size, which is held twice.',
    count(look) {
      const [many, size] = [largePackets(look.number('max_connections')), look.number('max_allowed_packet')]
      return { bytes: many * 2 * size, formula: `${many} × 2 × ${formatSize(size)}` }
    },
  },
  {
    id: 'temporary-tables',
    label: 'Temporary tables in memory',
    assumption:
      'Every connection holds a temporary table of the largest size; one of the engine MEMORY, which grows by blocks, takes a quarter more.',
    count: temporary,
  },
  {
    id: 'index-build',
    label: 'One index that is built',
    assumption: 'One index is built, or one table repaired or filled in bulk, at a time.',
    count(look) {
      const sorts = ['myisam_sort_buffer_size', 'aria_sort_buffer_size'].map((name) => look.number(name))
      const sort = Math.max(...sorts, 3 * look.number('innodb_sort_buffer_size'))
      const bulk = look.number('bulk_insert_buffer_size')
      return { bytes: sort + bulk, formula: `${formatSize(sort)} + ${formatSize(bulk)}` }
    },
  },
]

/** Measured: MariaDB 10.11 took 89 MB with 10 connections, MySQL 9.7 142 MB with 10 and some 230 MB with 151. */
function performanceSchema(look: Lookup) {
  if (!look.has('performance_schema') || !look.isOn('performance_schema')) return { bytes: 0, formula: 'off' }
  const fixed = look.version.flavour === 'mariadb' ? 88 * mega : 140 * mega
  const each = 640 * kilo
  const connections = look.number('max_connections')
  return {
    bytes: fixed + connections * each,
    formula: `${formatSize(fixed)} + ${connections} × ${formatSize(each)}`,
  }
}

/**
 * In MySQL 8.0 all temporary tables share temptable_max_ram, and from 8.0.28 on each keeps to tmp_table_size as well; elsewhere
 * the lesser of two limits holds for each (MySQL Reference Manual, "Internal Temporary Table Use in MySQL").
 */
function temporary(look: Lookup) {
  const many = look.number('max_connections')
  const size = Math.min(look.number('tmp_table_size'), look.number('max_heap_table_size'))
  // Measured: with fifteen full tables of 2 MB, MariaDB 10.11 took 9 MB more than all else that it held.
  if (!look.has('temptable_max_ram'))
    return { bytes: Math.ceil(many * size * 1.25), formula: `${many} × 1.25 × ${formatSize(size)}` }
  const shared = look.number('temptable_max_ram') + look.number('temptable_max_mmap')
  const bytes = isAtLeast(look.version, 8, 0, 28) ? Math.min(shared, many * look.number('tmp_table_size')) : shared
  return { bytes, formula: `${formatSize(bytes)} for all` }
}

function isLogBufferTwice({ version }: Lookup): boolean {
  return version.flavour === 'mariadb' || (isAtLeast(version, 5, 7) && !isAtLeast(version, 8))
}

function times(look: Lookup, name: string, factor: number) {
  const size = look.number(name)
  const formula = factor === 1 ? formatSize(size) : `${factor} × ${formatSize(size)}`
  return { bytes: Math.ceil(size * factor), formula }
}

function multiplied(look: Lookup, each: number) {
  const connections = look.number('max_connections')
  return { bytes: connections * each, formula: `${connections} × ${formatSize(each)}` }
}

function perConnection(id: string, label: string, names: readonly string[], assumption: string): Term {
  return {
    id,
    label,
    assumption,
    count: (look) =>
      multiplied(
        look,
        names.reduce((sum, name) => sum + look.number(name), 0),
      ),
  }
}
