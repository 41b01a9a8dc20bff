import { describe, expect, it } from 'vitest'
import { isReadingArgv } from '@/lib/agent'
import { refusalOf } from '@/lib/inventory/testing'
import { driftOf } from '../drift'
import { ANSWERED } from '../facts/load-fixtures'
import { predictFacts } from '../predict'
import { resolveServer } from '../server/resolve-server'
import { type ConvertDesired, convertDesired } from './desired'
import { planConvert } from './plan-convert'
import { tablesProbe } from './tables-probe'
import { hostWith } from './testing'

const visits = { schema: 'old', name: 'visits' }
const wish = (...tables: ConvertDesired['tables']): ConvertDesired => ({ kind: 'convert', server: '/data', tables })
const planned = (host: ReturnType<typeof hostWith>, ...tables: ConvertDesired['tables']) =>
  planConvert([host], wish(...tables))
const whyNot = async (host: ReturnType<typeof hostWith>, ...tables: ConvertDesired['tables']) =>
  (await refusalOf(Promise.resolve().then(() => planned(host, ...tables)))).userMessage

describe('planConvert', () => {
  it('looks at all tables before the first is touched, then converts and proves one after another', () => {
    const host = hostWith('mariadb-11.8', [visits, { schema: 'old', name: 'articles' }])
    const plan = planned(host, visits, { schema: 'old', name: 'articles' })
    expect(plan.phases.map(({ hosts }) => hosts[0]?.steps.map(({ id }) => id))).toEqual([
      ['server', 'look.1', 'look.2'],
      ['convert.1', 'prove.1', 'convert.2', 'prove.2'],
      ['finish.1', 'finish.2'],
    ])
    expect(plan.checks.every(({ read }) => 'command' in read && isReadingArgv(read.command))).toBe(true)
  })

  it('has nothing to do on what it predicts, and sees as drift what went back', () => {
    const host = hostWith('mariadb-11.8', [visits])
    const plan = planned(host, visits)
    const after = { ...host, facts: predictFacts(host, plan) }
    expect(planned(after, visits)).toMatchObject({ phases: [], nothingToDo: expect.stringContaining('already') })
    expect(driftOf(after, wish(visits), plan)).toEqual([])
    expect(driftOf(host, wish(visits), plan)).toEqual([
      { what: 'engine of old.visits', expected: 'InnoDB', seen: 'MyISAM' },
    ])
  })

  it('gives time by the size of a table, on the way back too', () => {
    const steps = (dataBytes: number) =>
      planned(hostWith('mariadb-11.8', [{ ...visits, dataBytes, indexBytes: 0 }], { free: 1e12 }), visits).phases[1]
        ?.hosts[0]?.steps[0]
    const [small, large] = [steps(2 ** 20), steps(2 ** 30)]
    expect(small).toMatchObject({ kind: 'job', stallS: 602, undo: { timeoutS: 910 } })
    expect(large).toMatchObject({ kind: 'job', stallS: 600 + 2048, undo: { timeoutS: 900 + 10_240 } })
  })

  it.each([
    ['no room', hostWith('mariadb-11.8', [visits], { free: 62e6 }), '62 MB free where its data lies'],
    ['no such table', hostWith('mariadb-11.8', []), 'has no table old.visits'],
    [
      'a table that cannot be opened',
      hostWith('mariadb-11.8', [{ ...visits, engine: null }]),
      'cannot open old.visits',
    ],
    ['another engine', hostWith('mariadb-11.8', [{ ...visits, engine: 'MEMORY' }]), 'is of MEMORY'],
    ['Galera', hostWith('mariadb-11.8', [visits], { variables: { wsrep_on: 'ON' } }), 'Galera'],
    ['read-only', hostWith('mariadb-11.8', [visits], { variables: { read_only: 'ON' } }), 'read-only'],
  ])('refuses with the reason: %s', async (_, host, sentence) => {
    expect(await whyNot(host, visits)).toContain(sentence)
  })

  it('has room enough with 2.5 times the table and a byte, and says that one file takes all', () => {
    const host = hostWith('mariadb-11.8', [visits], { free: 62.5e6, variables: { innodb_file_per_table: 'OFF' } })
    expect(planned(host, visits).findings.map(({ title }) => title)).toContain('innodb_file_per_table is OFF')
  })

  it.each(['5.1.73', '5.3.12-MariaDB'])('refuses %s, where a writer could pass a rename', async (version) => {
    const host = hostWith('mariadb-11.8', [visits], { version })
    expect(await whyNot(host, visits)).toContain('letting a writer pass')
  })

  it('says of a version that it was not tried', () => {
    const titles = (version: string) =>
      planned(hostWith('mariadb-11.8', [visits], { version }), visits).findings.map(({ title }) => title)
    expect(titles('8.0.36')).toContain('8.0.36 was not tried')
    expect(titles('10.5.29-MariaDB').filter((title) => title.includes('not tried'))).toEqual([])
  })

  it.each(ANSWERED)('asks %s for obstacles by a question that only reads', (version) => {
    const server = resolveServer(hostWith(version, [visits]), '/data')
    expect(tablesProbe(server).id).toBe('mysql-tables')
  })
})

describe('convertDesired', () => {
  it.each(['mysql', 'MySQL', 'sys', 'performance_schema', 'a\\b', 'a\nb', 'a ', '', '\u{1f600}', 'x'.repeat(65)])(
    'takes no database %j',
    (schema) => {
      expect(convertDesired.safeParse(wish({ schema, name: 'a' })).success).toBe(false)
    },
  )

  it('takes odd names, and none twice', () => {
    const odd = { schema: "o`d'd", name: '; rm -rf "$(x)" é' }
    expect(convertDesired.safeParse(wish(odd)).success).toBe(true)
    expect(convertDesired.safeParse(wish(odd, { ...odd })).success).toBe(false)
  })
})
