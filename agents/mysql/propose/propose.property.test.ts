import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownNames, parseSize, ruleFor } from '../variables'
import { parseServerVersion, type ServerVersion } from '../version'
import { normalName } from './context'
import type { Load, Machine, ProposalInput, Purpose } from './input'
import type { Proposal } from './proposal'
import { propose } from './propose'

const mega = 2 ** 20
const giga = 2 ** 30

const servers = [
  '10.5.23-MariaDB',
  '10.11.19-MariaDB',
  '11.8.9-MariaDB',
  '5.0.51',
  '5.7.44',
  '8.0.36',
  '8.4.2',
] as const
const budgets = [256 * mega, 512 * mega, giga, 2 * giga, 4 * giga]
const uses: readonly (readonly [Purpose, Load])[] = [
  ['alone', 'general'],
  ['alone', 'web'],
  ['shared', 'bacula'],
  ['shared', 'web'],
  ['tiny-nas', 'bacula'],
]

function server(text: string): ServerVersion {
  const version = parseServerVersion(text)
  if (version === null) throw new Error(`expected a version, got ${text}`)
  return version
}

const roomy: Machine = {
  memTotal: 8 * giga,
  memAvailable: 6 * giga,
  swapUsed: 0,
  otherProcessesRss: 200 * mega,
  bits: 64,
  cores: 2,
  rotational: true,
}

function inputOf(
  version: ServerVersion,
  budgetBytes: number,
  [purpose, load]: readonly [Purpose, Load],
): ProposalInput {
  const empty = { today: {}, status: null, uptimeSeconds: null, engines: null, settings: [] }
  return { version, purpose, load, budgetBytes, machine: { ...roomy, memTotal: 2 * budgetBytes }, ...empty }
}

/** What must hold of every proposal. */
function expectSound(input: ProposalInput, proposal: Proposal) {
  const known = new Set(knownNames(input.version))
  for (const { name, to, reason, loose } of proposal.values) {
    expect(reason).not.toBe('')
    if (to === null) continue
    expect(known.has(name) || loose, `${name} is not known`).toBe(true)
    const rule = ruleFor(name, input.version)
    if (rule === null) throw new Error(`expected a row of ${name}`)
    expect(rule.doesNothing).toBe(false)
    if (rule.kind !== 'size' && rule.kind !== 'integer') continue
    const number = parseSize(to)
    if (number === null) throw new Error(`expected a number, got ${name} = ${to}`)
    expect(number, name).toBeGreaterThanOrEqual(rule.startsFrom ?? 0)
    expect(number, name).toBeLessThanOrEqual(rule.max ?? Number.POSITIVE_INFINITY)
    expect(number % rule.block, `${name} = ${to}`).toBe(0)
  }
  expect(new Set(proposal.values.map(({ name }) => name)).size).toBe(proposal.values.length)
  const pool = parseSize(proposal.values.find(({ name }) => name === 'innodb_buffer_pool_size')?.to ?? '') ?? 0
  const chunk = parseSize(proposal.values.find(({ name }) => name === 'innodb_buffer_pool_chunk_size')?.to ?? '')
  if (chunk !== null && pool > chunk) expect(pool % chunk).toBe(0)
  if (input.machine.bits === 32) expect(pool).toBeLessThan(2 * giga)
  const said = proposal.refusals.some((sentence) => sentence.includes('needs at least'))
  expect(said).toBe(!proposal.budget.isWithin)
  expect(proposal.peak.total <= input.budgetBytes).toBe(proposal.budget.isWithin)
}

/** The input after the proposal was written into a file and the server has started with it. */
function applied(input: ProposalInput, proposal: Proposal, isRunning: boolean): ProposalInput {
  const values = proposal.values.filter(({ to }) => to !== null)
  const named = new Set(proposal.values.map(({ name }) => name))
  const left = input.settings.filter(({ name }) => !named.has(normalName(name) ?? ''))
  const written = values.map(({ name, to }, line) => ({ name, value: to, file: '/etc/mysql/conf.d/zz.cnf', line }))
  const settings = [...left, ...written]
  const running = values.map(({ name, to }) => [name, String(parseSize(to ?? '') ?? to)])
  return { ...input, settings, today: isRunning ? { ...input.today, ...Object.fromEntries(running) } : input.today }
}

function expectSettled(input: ProposalInput, proposal: Proposal) {
  const again = propose(applied(input, proposal, true))
  const shown = (values: Proposal['values']) => values.flatMap(({ name, to }) => (to === null ? [] : [[name, to]]))
  expect(shown(again.values)).toEqual(shown(proposal.values))
  expect(again.values.filter(({ kept }) => !kept)).toEqual([])
  expect(again.peak.total).toBe(proposal.peak.total)
}

describe.each(servers)('%s', (text) => {
  const version = server(text)
  describe.each(budgets)('with %d bytes', (budget) => {
    it.each(uses)('%s, %s: fits, is sound and settles', (purpose, load) => {
      const input = inputOf(version, budget, [purpose, load])
      const proposal = propose(input)
      expectSound(input, proposal)
      expect(proposal.refusals).toEqual([])
      expectSettled(input, proposal)
    })
  })
})

const machines: fc.Arbitrary<Machine> = fc.record({
  memTotal: fc.integer({ min: 64, max: 65_536 }).map((megas) => megas * mega),
  memAvailable: fc.integer({ min: 0, max: 65_536 }).map((megas) => megas * mega),
  swapUsed: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 4096 }).map((megas) => megas * mega),
  ),
  otherProcessesRss: fc.integer({ min: 0, max: 8192 }).map((megas) => megas * mega),
  pressure: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  bits: fc.constantFrom(32 as const, 64 as const),
  cores: fc.integer({ min: 1, max: 32 }),
  rotational: fc.option(fc.boolean()),
})

const odd = fc.constantFrom('0', '1', '10', '100k', '16k', '6M', '64M', '3G', '-1', 'ON', '', 'x', '9999999', '1048577')
const named = fc.constantFrom(
  ...[
    'max_connection',
    'max_connections',
    'sort_buffer_size',
    'sort-buffer-size',
    'key_buffer_size',
    'tmpdir',
    'datadir',
  ],
  ...['innodb_buffer_pool_size', 'innodb_thread_concurrency', 'query_cache_size', 'query_cache_type', 'table_cache'],
  ...['tmp_table_size', 'innodb_log_file_size', 'thread_stack', 'loose_performance_schema', 'no_such_thing', 'log_bin'],
  ...['thread_cache_size', 'expire_logs_days', 'storage_engine', 'innodb_flush_method', 'table_open_cache'],
)
const today = fc.dictionary(named, odd, { maxKeys: 8 })
const engines = fc.option(
  fc.array(
    fc.record({
      engine: fc.constantFrom('InnoDB', 'MyISAM', 'Aria', 'MEMORY'),
      tables: fc.nat(100),
      dataBytes: fc.nat(2 ** 31 - 1),
      indexBytes: fc.nat(2 ** 31 - 1),
    }),
    { maxLength: 4 },
  ),
)
const status = fc.option(
  fc.dictionary(
    fc.constantFrom('Max_used_connections', 'Opened_tables', 'Innodb_log_waits', 'Connections', 'Threads_created'),
    fc.constantFrom('0', '1', '7', '60', '2000', '99999999'),
  ),
)

const inputs: fc.Arbitrary<ProposalInput> = fc.record({
  version: fc.constantFrom(...servers, '5.1.73', '5.5.62', '5.6.51', '10.6.18-MariaDB', '11.4.3-MariaDB').map(server),
  purpose: fc.constantFrom<Purpose>('alone', 'shared', 'tiny-nas'),
  load: fc.constantFrom<Load>('bacula', 'web', 'general'),
  budgetBytes: fc.integer({ min: 16, max: 32_768 }).map((megas) => megas * mega + 12_345),
  machine: machines,
  today,
  status,
  uptimeSeconds: fc.option(fc.nat(10_000_000)),
  engines,
  settings: fc.array(
    fc.record({ name: named, value: fc.option(odd), file: fc.constant('/etc/my.cnf'), line: fc.nat(90) }),
  ),
})

it('is sound on any machine with any settings', () => {
  fc.assert(
    fc.property(inputs, (input) => expectSound(input, propose(input))),
    { numRuns: 300 },
  )
})

it('changes nothing on its own result, on any machine', () => {
  fc.assert(
    fc.property(inputs, (input) => expectSettled(input, propose(input))),
    { numRuns: 300 },
  )
})

it('raises nothing that takes memory on a machine that swaps', () => {
  fc.assert(
    fc.property(inputs, fc.constantFrom('8M', '6M', '24M'), (input, pool) => {
      const machine = { ...input.machine, swapUsed: input.machine.memTotal / 4 }
      const settings: ProposalInput['settings'] = []
      const short = { ...input, machine, settings, today: { innodb_buffer_pool_size: pool, sort_buffer_size: '65536' } }
      const values = propose(short).values
      const to = (name: string) => parseSize(values.find((value) => value.name === name)?.to ?? '') ?? 0
      expect(to('innodb_buffer_pool_size')).toBeLessThanOrEqual(parseSize(pool) ?? 0)
      expect(to('sort_buffer_size')).toBeLessThanOrEqual(65536)
    }),
    { numRuns: 200 },
  )
})
