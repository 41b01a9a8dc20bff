import { describe, expect, it } from 'vitest'
import { parseServerVersion, type ServerVersion } from '../version'
import type { ProposalInput } from './input'
import { propose } from './propose'

function server(text: string): ServerVersion {
  const version = parseServerVersion(text)
  if (version === null) throw new Error(`expected a version, got ${text}`)
  return version
}

const mega = 2 ** 20

/** The ReadyNAS Duo of "Tuning mysql configuration for the ReadyNAS duo": 256 MB, one slow core, a Bacula catalog of 2 GB. */
function article(text: string, more: Partial<ProposalInput> = {}): ProposalInput {
  const lines = [
    ['tmpdir', '/c/backup/tmp'],
    ['default_storage_engine', 'InnoDB'],
    ['thread_cache_size', '0'],
    ['innodb_buffer_pool_size', '6M'],
    ['innodb_thread_concurrency', '1'],
    ['key_buffer_size', '16k'],
    ['sort_buffer_size', '100k'],
    ['max_connection', '10'],
  ] as const
  return {
    version: server(text),
    purpose: 'shared',
    load: 'bacula',
    budgetBytes: 128 * mega,
    machine: {
      memTotal: 256 * mega,
      memAvailable: 140 * mega,
      swapUsed: 0,
      otherProcessesRss: 90 * mega,
      bits: 32,
      cores: 1,
      rotational: true,
    },
    today: {},
    status: null,
    uptimeSeconds: null,
    engines: [{ engine: 'InnoDB', tables: 20, dataBytes: 1500 * mega, indexBytes: 500 * mega }],
    settings: lines.map(([name, value], place) => ({ name, value, file: '/etc/mysql/my.cnf', line: place + 30 })),
    tmpdir: { path: '/c/backup/tmp', owner: 'mysql', mode: '700' },
    ...more,
  }
}

function valueIn(input: ProposalInput, name: string) {
  const found = propose(input).values.filter((value) => value.name === name)
  expect(found, name).toHaveLength(1)
  return found[0]
}

const names = [
  'tmpdir',
  'default_storage_engine',
  'thread_cache_size',
  'innodb_buffer_pool_size',
  'innodb_thread_concurrency',
  'key_buffer_size',
  'sort_buffer_size',
  'max_connections',
]

describe.each(['5.0.51', '10.11.19-MariaDB'])("the article's machine with %s", (text) => {
  const input = article(text)

  it('has all values of the article, each with its reason', () => {
    for (const name of names) {
      const value = valueIn(input, name)
      expect(value?.reason, name).toMatch(/\w.*\.$/)
      expect(value?.source, name).toMatch(/ manual, |Reference Manual, /i)
    }
    expect(propose(input).budget.isWithin).toBe(true)
    expect(propose(input).refusals).toEqual([])
  })

  it('keeps what is right', () => {
    for (const [name, to] of [
      ['tmpdir', '/c/backup/tmp'],
      ['default_storage_engine', 'InnoDB'],
      ['thread_cache_size', '0'],
      ['key_buffer_size', '16K'],
      ['sort_buffer_size', '100K'],
    ] as const)
      expect(valueIn(input, name)).toMatchObject({ to, kept: true, reason: expect.stringContaining('It stays.') })
  })

  it('writes the abbreviation in full', () =>
    expect(valueIn(input, 'max_connections')).toMatchObject({
      from: '10',
      to: '10',
      reason: expect.stringContaining('max_connection is an abbreviation'),
    }))

  it('names owner and mode of the tmpdir', () => {
    expect(valueIn(input, 'tmpdir')?.reason).toMatch(/mysql.*700/)
    const root = article(text, { tmpdir: { path: '/c/backup/tmp', owner: 'root', mode: '755' } })
    expect(propose(root).warnings.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining([expect.stringContaining('belongs to root'), expect.stringContaining('mode 755')]),
    )
  })

  it('gives the pool what the rest leaves', () => {
    const value = valueIn(input, 'innodb_buffer_pool_size')
    expect(value).toMatchObject({ from: '6M', kept: false })
    expect(Number.parseInt(value?.to ?? '', 10)).toBeGreaterThan(6)
    expect(value?.evidence).toContain('2000 MB')
  })

  it('raises nothing while the machine swaps', () => {
    const swapping = article(text)
    const short = { ...swapping, machine: { ...swapping.machine, swapUsed: 40 * mega } }
    expect(valueIn(short, 'innodb_buffer_pool_size')).toMatchObject({ to: '6M', kept: true })
    expect(propose(short).refusals).toEqual([expect.stringContaining('40 MB of swap')])
  })
})

it('limits the threads in InnoDB where that still does something', () => {
  expect(valueIn(article('5.0.51'), 'innodb_thread_concurrency')).toMatchObject({ to: '1', kept: true })
  expect(valueIn(article('10.11.19-MariaDB'), 'innodb_thread_concurrency')).toMatchObject({
    from: '1',
    to: null,
    reason: 'MariaDB 10.11 takes innodb_thread_concurrency, and does nothing with it.',
  })
})

it('takes out what the server would not start with', () => {
  const input = article('8.0.36', { budgetBytes: 512 * mega })
  const settings = [...input.settings, { name: 'query-cache-size', value: '8M', file: '/etc/my.cnf', line: 3 }]
  expect(valueIn({ ...input, settings }, 'query_cache_size')).toMatchObject({
    to: null,
    reason: 'MySQL 8.0 does not know query_cache_size, and does not start with it.',
  })
})

it('says what the least would be', () => {
  const { refusals, budget } = propose(article('8.0.36', { budgetBytes: 96 * mega }))
  expect(budget.isWithin).toBe(false)
  expect(refusals).toEqual([
    expect.stringMatching(/^MySQL 8\.0 with performance_schema off needs at least 2\d\d MB; 96 MB do not hold it\.$/),
  ])
})

describe('the counters', () => {
  const status = { Max_used_connections: '40', Connections: '900', Threads_created: '9', Opened_tables: '90000' }
  const read = (uptimeSeconds: number) =>
    propose(article('10.11.19-MariaDB', { budgetBytes: 512 * mega, status, uptimeSeconds }))
  const find = (proposal: ReturnType<typeof propose>, name: string) =>
    proposal.values.find((value) => value.name === name)

  it('say nothing before a day, and that once', () => {
    const young = read(7200)
    expect(
      young.values.filter(({ name }) => name !== 'innodb_buffer_pool_size' && name !== 'key_buffer_size'),
    ).toSatisfy((values: typeof young.values) => values.every(({ evidence }) => evidence === null))
    expect(young.warnings.filter(({ sentence }) => sentence.includes('counters'))).toHaveLength(1)
    expect(find(young, 'max_connections')?.to).toBe('10')
  })

  it('are heard after a day', () => {
    const old = read(100_000)
    expect(find(old, 'max_connections')).toMatchObject({
      to: '49',
      evidence: expect.stringContaining('40 connections'),
    })
    expect(find(old, 'table_open_cache')?.to).toBe('256')
    expect(old.warnings.filter(({ sentence }) => sentence.includes('counters'))).toHaveLength(0)
  })
})

describe('names of hosts', () => {
  const skip = (grantHosts: string[] | null) =>
    propose(article('10.11.19-MariaDB', { grantHosts })).values.some(({ name }) => name === 'skip_name_resolve')
  it.each([
    [null, false],
    [[], false],
    [['localhost', '%', '192.168.1.%', '::1'], true],
    [['localhost', 'nas.example.org'], false],
    [['%.example.org'], false],
  ])('%j', (hosts, is) => expect(skip(hosts)).toBe(is))
})

it('tells a change of the pool that needs a restart', () => {
  const dynamic = (text: string, chunk: string) =>
    valueIn(
      article(text, { today: { innodb_buffer_pool_chunk_size: chunk, innodb_buffer_pool_instances: '1' } }),
      'innodb_buffer_pool_size',
    )?.dynamic
  expect(dynamic('10.5.23-MariaDB', '134217728')).toBe(false)
  expect(dynamic('10.5.23-MariaDB', '1048576')).toBe(true)
  expect(dynamic('10.11.19-MariaDB', '0')).toBe(true)
  expect(dynamic('5.0.51', '0')).toBe(false)
})

describe('what Bacula’s batches were measured with', () => {
  const to = (name: string, more: Partial<ProposalInput> = {}) =>
    propose(article('10.11.19-MariaDB', more)).values.find((value) => value.name === name)?.to

  it('leaves what a small pool gives up to the kernel’s cache', () => {
    expect(to('innodb_flush_method')).toBe('fsync')
    expect(to('innodb_flush_method', { budgetBytes: 2048 * mega })).toBe('O_DIRECT')
    expect(propose(article('10.5.23-MariaDB')).values.map(({ name }) => name)).not.toContain('innodb_flush_method')
  })

  it('leaves each commit on the disk, since a batch is a handful of them', () =>
    expect(propose(article('10.11.19-MariaDB')).values.map(({ name }) => name)).not.toContain(
      'innodb_flush_log_at_trx_commit',
    ))

  it('takes temporary tables before the pool that names are looked up in', () => {
    const small = { budgetBytes: 112 * mega, settings: [] }
    const pool = (load: ProposalInput['load']) =>
      Number.parseInt(to('innodb_buffer_pool_size', { ...small, load }) ?? '', 10)
    expect(to('tmp_table_size', small)).toBe('256K')
    expect(to('tmp_table_size', { ...small, load: 'web' })).toBe('1M')
    expect(pool('bacula')).toBeGreaterThan(1.5 * pool('web'))
    expect(to('sort_buffer_size', small)).toBe('128K')
  })

  it('keeps no larger part of a small pool free than of a large one', () => {
    expect(to('innodb_lru_scan_depth', { budgetBytes: 112 * mega })).toBe('112')
    expect(to('innodb_lru_scan_depth', { budgetBytes: 80 * mega })).toBe('100')
    expect(to('innodb_lru_scan_depth', { budgetBytes: 1024 * mega })).toBeUndefined()
  })

  it('has a log that a batch does not fill in seconds', () => {
    expect(to('innodb_log_file_size')).toBe('96M')
    expect(to('innodb_log_file_size', { load: 'web' })).toBe('16M')
  })

  it.each(['5.0.51', '5.6.7', '5.5.68-MariaDB'])(
    'leaves the log of %s alone, and says how it is changed by hand',
    (old) => {
      const today = { innodb_log_file_size: '5242880' }
      const { values, warnings } = propose(article(old, { today }))
      expect(values.map(({ name }) => name)).not.toContain('innodb_log_file_size')
      const said = warnings.filter(({ sentence }) => sentence.includes('ib_logfile'))
      expect(said).toMatchObject([
        { sentence: expect.stringMatching(/\(5 MB a file\).*innodb_fast_shutdown = 0.*move ib_logfile\*/) },
      ])
    },
  )

  it.each(['5.6.8', '10.0.38-MariaDB'])('has nothing to say where %s makes its log anew by itself', (text) => {
    expect(propose(article(text)).warnings.filter(({ sentence }) => sentence.includes('ib_logfile'))).toEqual([])
  })
})

it.each([96, 112, 120, 128, 136, 144, 160])(
  'takes connections away before the pool, which holds their locks, goes below an eighth of %d MB',
  (budget) => {
    const web = article('10.11.19-MariaDB', { load: 'web', budgetBytes: budget * mega, settings: [] })
    const size = (name: string) =>
      Number.parseInt(propose(web).values.find((value) => value.name === name)?.to ?? '', 10)
    expect(size('max_connections') === 10 || size('innodb_buffer_pool_size') >= Math.floor(budget / 8)).toBe(true)
  },
)
