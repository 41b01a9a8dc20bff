import { megabytes, ruleFor } from '../variables'
import { isAtLeast } from '../version'
import type { Context } from './context'
import {
  connectionsEvidence,
  keyCacheEvidence,
  logWaitsEvidence,
  openedPerHour,
  openTablesEvidence,
  poolEvidence,
  sortEvidence,
  temporaryEvidence,
  threadsEvidence,
} from './evidence'
import { chunkWish, poolLeast, poolWish } from './pool'
import { byBudget, type Rule } from './rule'
import { connectionsWish, keyBufferWish, temporaryWish, usedConnections } from './wishes'

const kilo = 2 ** 10
const mega = 2 ** 20
const giga = 2 ** 30

const perConnection = 'Each connection may take this much, so it is small where many share little memory'

function isMysql({ input }: Context, ...least: [number?, number?, number?]): boolean {
  return input.version.flavour === 'mysql' && isAtLeast(input.version, least[0] ?? 0, least[1], least[2])
}

function isMariadb({ input }: Context, ...least: [number, number?, number?]): boolean {
  return input.version.flavour === 'mariadb' && isAtLeast(input.version, ...least)
}

/** Whether the size of the redo log may simply be changed (MySQL 5.6.8; MariaDB 10.0): before, InnoDB refuses other files. */
export function mayResizeRedo(context: Context): boolean {
  return isMysql(context, 5, 6, 8) || isMariadb(context, 10, 0)
}

const definitionsLeast = (context: Context) => ruleFor('table_definition_cache', context.input.version)?.min ?? 400

const openTables: Omit<Rule, 'name'> = {
  wish: (context) => {
    const busy = (openedPerHour(context) ?? 0) > 60 ? 2 : 1
    return busy * byBudget(context, [64, 128, 256, 400, 1000])
  },
  least: () => 64,
  takesMemory: true,
  reason: () => 'Tables that are kept open for the next statement; each takes memory and a file.',
  evidence: openTablesEvidence,
}

/**
 * What is proposed, each with its own reason; the page of the manual comes from the table of variables. A rule that does not say
 * when holds for each version that has the variable.
 */
export const rules: readonly Rule[] = [
  {
    name: 'performance_schema',
    wish: (context) => (context.budget < 2 * giga ? 'OFF' : (context.today('performance_schema') ?? 'OFF')),
    isLoose: true,
    reason: (context) =>
      context.budget < 2 * giga
        ? 'It counts what statements do, and takes 100 MB and more for that; here this memory is worth more elsewhere.'
        : 'The budget has room for it either way, so it stays what it is.',
  },
  {
    name: 'max_connections',
    wish: connectionsWish,
    least: (context) => Math.max(10, usedConnections(context) + 2),
    takesMemory: true,
    reason: ({ input }) =>
      input.load === 'bacula'
        ? 'A director needs one connection for each job that runs, and a few beside; each one takes memory.'
        : 'Each connection takes memory of its own; more than come at once only make the worst case worse.',
    evidence: connectionsEvidence,
  },
  {
    name: 'default_storage_engine',
    wish: () => 'InnoDB',
    reason: () => 'InnoDB comes back by itself after a crash or a power cut; tables of MyISAM have to be repaired.',
  },
  {
    name: 'innodb_file_per_table',
    // Before 5.5 anything but 1 in an option file is off.
    wish: (context) => (isMysql(context) && !isMysql(context, 5, 5) ? '1' : 'ON'),
    reason: () => 'Each table has its own file, which gives its space back; ibdata1 never shrinks.',
  },
  {
    name: 'innodb_buffer_pool_size',
    wish: poolWish,
    least: poolLeast,
    isExact: true,
    takesMemory: true,
    reason: ({ input, budget }) =>
      `Pages of InnoDB are read from here instead of the disk: as much of ${megabytes(budget)} as ${
        input.purpose === 'alone' ? 'the rest leaves' : 'the other programs and the rest leave'
      }.`,
    evidence: poolEvidence,
  },
  {
    name: 'innodb_buffer_pool_chunk_size',
    wish: chunkWish,
    isExact: true,
    reason: () => 'The pool is a multiple of this, and would be rounded up to 128 MB with the usual size.',
  },
  {
    name: 'innodb_buffer_pool_instances',
    wish: () => 1,
    isExact: true,
    reason: () => 'One pool serves a few cores; several only make it a multiple of more.',
  },
  {
    name: 'innodb_additional_mem_pool_size',
    wish: (context) => byBudget(context, [2 * mega, 2 * mega, 4 * mega, 8 * mega, 8 * mega]),
    takesMemory: true,
    reason: () => 'Definitions of tables; this version takes the memory whether it is used or not.',
  },
  {
    name: 'innodb_log_buffer_size',
    wish: (context) => {
      const waits = (context.counter('Innodb_log_waits') ?? 0) > 0 ? 2 : 1
      return waits * byBudget(context, [2 * mega, 4 * mega, 8 * mega, 16 * mega, 16 * mega])
    },
    least: () => mega,
    takesMemory: true,
    reason: () => 'Changes wait here until they are committed; small transactions need little.',
    evidence: logWaitsEvidence,
  },
  {
    name: 'innodb_log_file_size',
    when: (context) => mayResizeRedo(context) && !context.has('innodb_redo_log_capacity'),
    // Batches of a catalog fill a small log within seconds, and all that wait for its room write pages meanwhile.
    wish: (context) =>
      context.input.load === 'bacula'
        ? byBudget(context, [96 * mega, 96 * mega, 128 * mega, 128 * mega, 256 * mega])
        : byBudget(context, [16 * mega, 48 * mega, 64 * mega, 128 * mega, 256 * mega]),
    most: (context) => byBudget(context, [96 * mega, 96 * mega, 256 * mega, 512 * mega, 2 * giga]),
    reason: () =>
      'Room on the disk for changes that are not in the tables yet: more is faster, less is recovered sooner.',
  },
  {
    name: 'innodb_redo_log_capacity',
    wish: (context) => byBudget(context, [32 * mega, 96 * mega, 128 * mega, 256 * mega, 512 * mega]),
    most: (context) => byBudget(context, [128 * mega, 128 * mega, 512 * mega, giga, 4 * giga]),
    reason: () =>
      'Room on the disk for changes that are not in the tables yet: more is faster, less is recovered sooner.',
  },
  {
    name: 'innodb_flush_method',
    when: (context) =>
      context.budget >= giga
        ? isMysql(context, 5, 6) || isMariadb(context, 10, 0)
        : isMysql(context, 8, 4) || isMariadb(context, 10, 6),
    wish: ({ budget }) => (budget >= giga ? 'O_DIRECT' : 'fsync'),
    accepts: ['O_DIRECT', 'O_DIRECT_NO_FSYNC'],
    reason: ({ budget }) =>
      budget >= giga
        ? 'Pages are in the buffer pool already; the kernel need not hold them once more.'
        : 'What a small pool gives up stays in the cache of the kernel, as long as nobody else needs that memory.',
  },
  {
    name: 'innodb_lru_scan_depth',
    when: ({ budget }) => budget < giga,
    // One page for each MB of the budget: a 64th of what it holds, as the usual depth is of 1 GB and more.
    wish: ({ budget }) => Math.max(100, Math.floor(budget / mega)),
    reason: () =>
      'The server keeps so many pages free, or half of them; the usual depth takes 12 MB and more out of a small pool for that.',
  },
  {
    name: 'innodb_thread_concurrency',
    when: (context) => context.set('innodb_thread_concurrency') !== null,
    wish: ({ input }) => (input.machine.cores === 1 ? 1 : 0),
    isExact: true,
    reason: ({ input }) =>
      input.machine.cores === 1
        ? 'One slow core gets further with one thread in InnoDB at a time.'
        : `With ${input.machine.cores} cores a fixed limit makes threads wait for nothing; 0 leaves it to InnoDB.`,
  },
  {
    name: 'innodb_io_capacity',
    when: (context) => context.input.machine.rotational === true && isMysql(context, 8, 4),
    wish: () => 200,
    isExact: true,
    reason: () => 'A turning disk does some 200 writes a second; the usual 10000 are meant for flash.',
  },
  {
    name: 'innodb_flush_neighbors',
    when: (context) => context.input.machine.rotational === true && isMysql(context, 8, 0),
    wish: () => 1,
    isExact: true,
    reason: () => 'On a turning disk it is cheap to write neighbouring pages in one go.',
  },
  {
    name: 'innodb_dedicated_server',
    when: (context) => context.set('innodb_dedicated_server') !== null,
    wish: () => 'OFF',
    reason: () => 'It makes the server take most of the memory of the machine by itself.',
  },
  {
    name: 'thread_cache_size',
    wish: (context) => byBudget(context, [2, 4, 8, 8, 16]),
    most: (context) => byBudget(context, [8, 16, 32, 64, 128]),
    least: () => 0,
    reason: (context) =>
      context.budget < giga / 2
        ? 'Threads that wait for the next connection save a little time and hold a little memory; none at all is fine where few connect.'
        : 'Threads that wait for the next connection, so that none has to be made.',
    evidence: threadsEvidence,
  },
  {
    name: 'key_buffer_size',
    wish: keyBufferWish,
    least: (context) => Math.min(16 * kilo, keyBufferWish(context)),
    takesMemory: true,
    reason: (context) =>
      (context.engine('MyISAM')?.index ?? 0) > 0
        ? 'Only indexes of MyISAM are cached here; tables that move to InnoDB no longer need it.'
        : 'Only indexes of MyISAM are cached here; tables of InnoDB make no use of it.',
    evidence: keyCacheEvidence,
  },
  {
    name: 'sort_buffer_size',
    wish: (context) => byBudget(context, [128 * kilo, 256 * kilo, 256 * kilo, 512 * kilo, mega]),
    least: () => 64 * kilo,
    takesMemory: true,
    reason: () => `${perConnection}; what does not fit is sorted in pieces on the disk.`,
    evidence: sortEvidence,
  },
  {
    name: 'join_buffer_size',
    wish: (context) => byBudget(context, [128 * kilo, 128 * kilo, 256 * kilo, 256 * kilo, 512 * kilo]),
    least: () => 32 * kilo,
    takesMemory: true,
    reason: () => `${perConnection}; only joins without an index use it.`,
  },
  {
    name: 'read_buffer_size',
    wish: (context) => byBudget(context, [64 * kilo, 128 * kilo, 128 * kilo, 128 * kilo, 256 * kilo]),
    least: () => 32 * kilo,
    takesMemory: true,
    reason: () => `${perConnection}; scans of MyISAM tables and a few temporary files use it.`,
  },
  {
    name: 'read_rnd_buffer_size',
    wish: (context) => byBudget(context, [128 * kilo, 128 * kilo, 256 * kilo, 256 * kilo, 512 * kilo]),
    least: () => 32 * kilo,
    takesMemory: true,
    reason: () => `${perConnection}; rows are read in the order of a sort through it.`,
  },
  ...(['tmp_table_size', 'max_heap_table_size'] as const).map(
    (name): Rule => ({
      name,
      wish: temporaryWish,
      least: ({ input }) => (input.load === 'bacula' ? 256 * kilo : mega),
      takesMemory: true,
      reason: ({ input }) =>
        input.load === 'bacula'
          ? 'The lesser of tmp_table_size and max_heap_table_size holds; the catalog has BLOB columns, whose temporary tables go to the disk anyway.'
          : 'The lesser of tmp_table_size and max_heap_table_size holds; a larger temporary table goes to the disk.',
      evidence: temporaryEvidence,
    }),
  ),
  {
    name: 'temptable_max_ram',
    wish: (context) => byBudget(context, [8 * mega, 16 * mega, 32 * mega, 64 * mega, 128 * mega]),
    least: () => 2 * mega,
    takesMemory: true,
    reason: () => 'All temporary tables share it; the usual 1 GB is more than the whole budget leaves.',
    evidence: temporaryEvidence,
  },
  {
    name: 'temptable_max_mmap',
    wish: () => 0,
    isExact: true,
    reason: () => 'What does not fit goes into a table on the disk, not into a file that fills the memory again.',
  },
  {
    name: 'tmpdir',
    when: (context) => context.set('tmpdir')?.value != null,
    wish: (context) => context.set('tmpdir')?.value ?? '',
    reason: ({ input }) =>
      input.tmpdir
        ? `Large temporary tables go to a disk with room. ${input.tmpdir.path} belongs to ${input.tmpdir.owner} with mode ${input.tmpdir.mode}; the server needs owner mysql, and mode 700 keeps others out.`
        : 'Large temporary tables go to a disk with room. The directory must be there before the server starts, with owner mysql and mode 700.',
  },
  { name: 'table_open_cache', ...openTables },
  { name: 'table_cache', when: (context) => !context.has('table_open_cache'), ...openTables },
  {
    name: 'table_definition_cache',
    when: (context) => context.budget < 2 * giga,
    wish: definitionsLeast,
    most: (context) => 2 * definitionsLeast(context),
    takesMemory: true,
    reason: () =>
      'Definitions of tables that are kept in memory; this is the least, and enough for some hundred tables.',
  },
  {
    name: 'aria_pagecache_buffer_size',
    wish: (context) => byBudget(context, [mega, 2 * mega, 8 * mega, 16 * mega, 32 * mega]),
    least: () => mega,
    takesMemory: true,
    reason: () =>
      'MariaDB keeps its own tables and large temporary tables in Aria; the usual 128 MB are far too much here.',
  },
  {
    name: 'aria_sort_buffer_size',
    wish: (context) => byBudget(context, [mega, 4 * mega, 8 * mega, 16 * mega, 32 * mega]),
    least: () => mega,
    takesMemory: true,
    reason: () => 'Taken at once when an Aria table is repaired; the usual 256 MB do not fit.',
  },
  {
    name: 'myisam_sort_buffer_size',
    wish: (context) => byBudget(context, [mega, 4 * mega, 8 * mega, 16 * mega, 32 * mega]),
    least: () => mega,
    takesMemory: true,
    reason: () => 'Taken at once when a MyISAM table is repaired or gets an index.',
  },
  {
    name: 'bulk_insert_buffer_size',
    wish: (context) => byBudget(context, [256 * kilo, mega, 4 * mega, 8 * mega, 8 * mega]),
    least: () => 256 * kilo,
    takesMemory: true,
    reason: () => 'For inserts of many rows into MyISAM and Aria; InnoDB makes no use of it.',
  },
  ...(['query_cache_type', 'query_cache_size'] as const).map(
    (name): Rule => ({
      name,
      // Old versions read the type as a number, and all others take it as well.
      wish: () => (name === 'query_cache_type' ? '0' : 0),
      isExact: true,
      isLoose: true,
      reason: ({ input }) =>
        input.load === 'bacula'
          ? 'A catalog changes with each job, which empties the cache again; its memory is worth more in the buffer pool.'
          : 'All cores wait for its one lock, and each write empties what it holds of a table; its memory is worth more in the buffer pool.',
    }),
  ),
  {
    name: 'max_allowed_packet',
    wish: (context) => byBudget(context, [4 * mega, 8 * mega, 16 * mega, 16 * mega, 32 * mega]),
    least: () => mega,
    takesMemory: true,
    reason: () =>
      'A statement or a row may be this long, and is held twice; a dump with longer rows could not be read back.',
  },
  {
    name: 'skip_name_resolve',
    // Where the accounts are not known, nothing is said. Before 5.5 the option takes no value.
    when: (context) => {
      const hosts = context.input.grantHosts ?? []
      return hosts.length > 0 && hosts.every(isNoName) && (isMysql(context, 5, 5) || isMariadb(context, 5, 5))
    },
    wish: () => 'ON',
    reason: () => 'No account names a host, so that the server need not ask the DNS about each client.',
  },
]

/** A host part that is no name to look up: an address, any host, or the socket. */
function isNoName(host: string): boolean {
  return host === 'localhost' || /^[\d.%_/]*$/.test(host) || host.includes(':')
}
