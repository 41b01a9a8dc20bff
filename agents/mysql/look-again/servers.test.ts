import { expect, it } from 'vitest'
import type { MysqlFacts } from '../facts/facts'
import { loadSaid } from '../facts/load-fixtures'
import type { Said } from '../facts/said-facts'
import { shownValue } from '../tune/shown-value'
import { ruleFor } from '../variables'
import { parseServerVersion } from '../version'
import { compareServers } from './compare'
import { courseOf } from './course'
import { lookAgain } from './index'
import { nextStepOf } from './next-step'
import { samplesOf, timedSamples } from './sample'
import { change, hour, megabyte, sampleAt } from './testing'

const key = '/var/lib/mysql'
const aim = { purpose: 'shared', load: 'general', budgetBytes: 512 * megabyte } as const

/** A host with one server that says what the fixture says, with these values and counters over it. */
function factsOf(
  name: Parameters<typeof loadSaid>[0],
  over: Partial<Pick<Said, 'variables' | 'status'>> = {},
): MysqlFacts {
  const said = loadSaid(name)
  const value: Said = {
    ...said,
    uptimeS: 40 * 3600,
    variables: { ...said.variables, ...over.variables },
    status: { ...said.status, ...over.status },
  }
  const notRead = { state: 'not-read', why: 'absent', detail: '' } as const
  const binary = `mariadbd  Ver ${said.version} for debian-linux-gnu`
  return {
    ...{
      programs: ['mariadb'],
      init: 'systemd',
      release: null,
      processesNotRead: null,
      sockets: null,
      localSockets: null,
    },
    ...{ units: [], initScripts: [], packages: notRead, candidate: notRead, optionFileOrder: null, files: {} },
    ...{ hasAllFiles: true, appArmor: null, dataDirs: [], traces: [], fileSystems: notRead },
    binaries: { mariadbd: binary, mysqld: binary },
    servers: [
      {
        ...{ key, process: null, matchedBy: null, socket: '/run/mysqld/mysqld.sock', dataDir: key, unit: null },
        said: { state: 'read', value },
      },
    ],
    machine: {
      ...{ totalBytes: 1024 * megabyte, availableBytes: 700 * megabyte, swapTotalBytes: 0, swapFreeBytes: 0 },
      ...{ memoryPressure: null, cores: 2, architecture: 'x86_64', bits: 64, othersRssBytes: 100 * megabyte },
    },
  }
}

const host = (facts: MysqlFacts) => ({ hostId: 'h', name: 'larch', facts })

it('keeps counters and the values that a proposal may name, and nothing else, of each server that answers', () => {
  const [kept] = samplesOf(factsOf('mariadb-10.11', { status: { Innodb_buffer_pool_reads: '77', Com_select: '3' } }))
  expect(kept).toMatchObject({ subject: key, data: { uptimeS: 144_000, counters: { Innodb_buffer_pool_reads: '77' } } })
  expect(kept?.data.counters).not.toHaveProperty('Com_select')
  expect(kept?.data.variables).toHaveProperty('max_connections')
  expect(kept?.data.variables).not.toHaveProperty('datadir')
  expect(JSON.stringify(kept).length).toBeLessThan(3000)
  const silent = factsOf('mariadb-10.11')
  const said = { state: 'not-read', why: 'denied', detail: '' } as const
  expect(samplesOf({ ...silent, servers: silent.servers.map((server) => ({ ...server, said })) })).toEqual([])
})

it('reads what the store gives back, in order, and leaves out what it does not understand', () => {
  const [one, two] = [sampleAt(1), sampleAt(2)]
  const kept = [two, { at: 5, uptimeS: 'x' }, one].map(({ at, ...data }) => ({ at, data }))
  expect(timedSamples([...kept, { at: 9, data: null }])).toEqual([one, two])
})

it('tells lists of what happened only what has evidence', () => {
  const desired = { kind: 'tune', server: key, aim, values: {}, loose: [], restart: true, makeTmpdir: false } as const
  const kept = (hours: number) => ({ at: change + hours * hour, data: sampleAt(hours) })
  const times = { startedAt: change, endedAt: change }
  expect(lookAgain.subjectOf({ ...desired, loose: [] })).toBe(key)
  expect(lookAgain.look({ desired: { ...desired, loose: [] }, ...times, samples: [kept(5)] })).toBeNull()
  expect(lookAgain.look({ desired: { ...desired, loose: [] }, ...times, samples: [kept(5), kept(21)] })).toMatchObject({
    isGood: true,
    readyAt: change + 21 * hour,
  })
})

it('proposes the next step with its reason and what the counters say, and none once all is as proposed', () => {
  const status = { Max_used_connections: '9', Opened_tables: '900' }
  const next = nextStepOf(host(factsOf('mariadb-10.11', { status })), { server: key, aim })
  if (next.state !== 'values') throw new Error(`expected values, got ${next.state}`)
  const connections = next.values.find(({ name }) => name === 'max_connections')
  expect(connections?.evidence).toBe('At most 9 connections were used at once in 40 hours.')
  expect(next.values.every(({ from, to, reason }) => from !== to && reason !== '')).toBe(true)
  const { version } = loadSaid('mariadb-10.11')
  const rules = parseServerVersion(version)
  const done = next.values.flatMap(({ name, to }) => {
    const rule = rules && ruleFor(name, rules)
    return rule ? [[name, shownValue(rule, to)] as const] : []
  })
  expect(done).toHaveLength(next.values.length)
  const variables = Object.fromEntries(done)
  expect(nextStepOf(host(factsOf('mariadb-10.11', { status, variables })), { server: key, aim }).state).toBe('nothing')
})

it('takes what another file says, and Pollux’s own overrides, for no step', () => {
  const first = nextStepOf(host(factsOf('mariadb-10.11')), { server: key, aim })
  const proposed =
    first.state === 'values' ? first.values.find(({ name }) => name === 'max_connections')?.to : undefined
  const file = { state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root' } as const
  const files = { '/etc/mysql/my.cnf': { ...file, bytes: '[mysqld]\nmax_connections = 900\n' } }
  const facts = factsOf('mariadb-10.11', { variables: { max_connections: proposed ?? '' } })
  const next = nextStepOf(host({ ...facts, files }), { server: key, aim })
  expect(proposed).toMatch(/^\d+$/)
  expect(next.state === 'values' ? next.values.map(({ name }) => name) : []).not.toContain('max_connections')
})

it('says why nothing can be proposed', () => {
  const facts = factsOf('mariadb-10.11')
  expect(nextStepOf(host(facts), { server: '/srv/gone', aim })).toMatchObject({
    state: 'not-known',
    why: expect.stringMatching(/runs no server with its data in \/srv\/gone/),
  })
  const blind = { ...facts, machine: { ...facts.machine, totalBytes: null } }
  expect(nextStepOf(host(blind), { server: key, aim })).toMatchObject({ state: 'not-known' })
})

it('sets two servers side by side, and marks what differs', () => {
  const of = (reads: number, pool: number, cores: number): MysqlFacts => {
    const facts = factsOf('mariadb-10.11', {
      variables: { innodb_buffer_pool_size: String(pool * megabyte) },
      status: { Innodb_buffer_pool_reads: String(reads * 40), Questions: '40000' },
    })
    return { ...facts, machine: { ...facts.machine, cores } }
  }
  const sides = [
    { facts: of(100, 32, 2), server: key, at: change, aim },
    { facts: of(300, 64, 2), server: key, at: change, aim: null },
  ] as const
  const { about, values, counters } = compareServers(sides)
  const row = (rows: typeof about, label: string) => rows.find((one) => one.label === label)
  expect(row(about, 'Budget')).toEqual({ label: 'Budget', values: ['512 MB', null], isDifferent: true })
  expect(row(about, 'Processors')).toEqual({ label: 'Processors', values: ['2', '2'], isDifferent: false })
  expect(row(values, 'innodb_buffer_pool_size')).toMatchObject({ values: ['32M', '64M'], isDifferent: true })
  expect(row(values, 'max_connections')?.isDifferent).toBe(false)
  expect(row(counters, 'Pages read from the disk')).toMatchObject({
    values: ['100 an hour', '300 an hour'],
    isDifferent: true,
  })
  expect(row(counters, 'Statements')?.isDifferent).toBe(false)
})

it('draws a gap where nothing was read, and the shortest stretches that a plot takes', () => {
  const reads = (count: number) => ({ counters: { Innodb_buffer_pool_reads: String(count) } })
  const samples = [sampleAt(1, reads(100)), sampleAt(2, reads(160)), sampleAt(4.5, reads(310))]
  const points = courseOf(samples, change, change + 5 * hour)
  expect(points.map(({ poolMisses }) => poolMisses)).toEqual([null, null, 60, null, 60])
  expect(points.map(({ rssBytes }) => rssBytes !== null)).toEqual([false, true, true, false, true])
  expect(courseOf(samples, change, change + 30 * 24 * hour)).toHaveLength(60)
  expect(courseOf(samples, change, change + 90 * 24 * hour)).toHaveLength(90)
})
