import { describe, expect, it } from 'vitest'
import type { FileStep, Plan } from '@/lib/agent'
import { mysqlAgent, mysqlDesired, type TuneDesired } from '..'
import type { MysqlFacts } from '../facts/facts'
import { loadSaid } from '../facts/load-fixtures'
import type { Said } from '../facts/said-facts'
import { hostFacts, plainFile } from '../testing/host-facts'

const path = '/etc/mysql/mariadb.conf.d/zz-pollux.cnf'

const wish = (values: Record<string, string>, more: Partial<TuneDesired> = {}): TuneDesired => ({
  kind: 'tune',
  server: '/var/lib/mysql',
  aim: { purpose: 'shared', load: 'general', budgetBytes: 256 * 2 ** 20 },
  values,
  loose: [],
  restart: true,
  makeTmpdir: false,
  ...more,
})

const host = (facts: MysqlFacts) => ({ hostId: 'h', name: 'larch', facts })
const plan = (facts: MysqlFacts, desired: TuneDesired) => mysqlAgent.plan([host(facts)], desired)
const stepsOf = ({ phases }: Plan) => phases.flatMap((phase) => phase.hosts.flatMap(({ steps }) => steps))
const fileOf = (made: Plan) => stepsOf(made).find((step): step is FileStep => step.kind === 'file')
const sentence = (facts: MysqlFacts, desired: TuneDesired) => {
  try {
    plan(facts, desired)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return 'no refusal'
}

describe('a tuning', () => {
  it('writes its own file, restarts, and proves each value', () => {
    const made = plan(hostFacts(), wish({ innodb_buffer_pool_size: '32M', performance_schema: 'ON' }))
    expect(stepsOf(made).map(({ id }) => id)).toEqual(['validate', 'options'])
    expect(fileOf(made)).toMatchObject({
      path,
      before: null,
      activate: { run: expect.arrayContaining(['mariadb.service']) },
    })
    expect(fileOf(made)?.after?.bytes).toContain('[mysqld]\ninnodb_buffer_pool_size = 32M\nperformance_schema = ON\n')
    expect(made.checks.map(({ expect: seen }) => seen)).toContainEqual({
      name: 'innodb_buffer_pool_size',
      value: '33554432',
    })
  })

  it('sets what is dynamic without a restart, and says what waits', () => {
    const made = plan(hostFacts(), wish({ max_connections: '30', performance_schema: 'ON' }, { restart: false }))
    expect(stepsOf(made).map(({ id }) => id)).toEqual(['validate', 'options', 'validate-all', 'live'])
    expect(fileOf(made)?.activate).toBeUndefined()
    expect(made.checks.map(({ id }) => id)).not.toContain('is-performance-schema')
    expect(made.findings.map(({ title }) => title)).toContain('performance_schema will count from the next restart on')
  })

  it('is nothing on what it left, and its edit by hand is drift', () => {
    const desired = wish({ max_connections: '30', performance_schema: 'ON' })
    const facts = hostFacts()
    const made = plan(facts, desired)
    const after = mysqlAgent.predict(host(facts), made)
    expect(plan(after, desired).nothingToDo).toContain('already')
    expect(mysqlAgent.drift(host(after), desired, made)).toEqual([])
    const edited = { ...after.files, [path]: plainFile('[mysqld]\n') }
    expect(mysqlAgent.drift(host({ ...after, files: edited }), desired, made)).toEqual([
      { what: path, expected: 'as Pollux wrote it', seen: 'edited' },
    ])
  })

  it('takes out of its file what is not asked for any more, and leaves the rest of it', () => {
    const facts = hostFacts()
    const bytes = '# mine\n[mysqld]\nloose_key_buffer_size = 1M\nmax_connections=30 # why\n'
    const files = { ...facts.files, [path]: plainFile(bytes) }
    const made = plan({ ...facts, files }, wish({ max_connections: '20' }))
    expect(fileOf(made)?.after?.bytes).toBe('# mine\n[mysqld]\nmax_connections=20 # why\n')
  })

  it('puts loose before what a build may lack, and quotes what needs it', () => {
    const made = plan(
      hostFacts(),
      wish({ performance_schema: 'ON', tmpdir: "/srv/o'dd #1; rm -rf" }, { loose: ['performance_schema'] }),
    )
    expect(fileOf(made)?.after?.bytes).toContain('loose_performance_schema = ON')
    expect(fileOf(made)?.after?.bytes).toMatch(/tmpdir = "\/srv\/o'dd #1; rm -rf"/)
  })

  it.each([
    ['an unknown name', wish({ innodb_redo_log_capacity: '1G' }), 'does not know it'],
    ['a name of nobody', wish({ be_fast: 'ON' }), 'knows nothing'],
    ['a value that is no number', wish({ max_connections: 'many' }), 'Expected a number'],
    ['more than the machine has', wish({ innodb_buffer_pool_size: '900G' }), 'more than all memory'],
    ['a hidden folder', wish({ tmpdir: '/root/tmp' }), 'ProtectHome'],
    ['a folder of the system', wish({ tmpdir: '/etc/tmp' }), 'ProtectSystem'],
    ['the data directory', wish({ tmpdir: `${loadSaid('mariadb-10.11').variables['datadir']}tmp` }), 'data directory'],
    ['another server', wish({ max_connections: '20' }, { server: '/srv/mysql' }), 'runs no server'],
  ])('refuses %s', (_, desired, why) => expect(sentence(hostFacts(), desired)).toContain(why))

  it.each<[string, Partial<Said>, Partial<MysqlFacts>, string]>([
    ['Galera', { variables: { ...loadSaid('mariadb-10.11').variables, wsrep_on: 'ON' } }, {}, 'Galera'],
    [
      'SET PERSIST',
      {
        setters: {
          state: 'read',
          value: { max_connections: { how: 'persisted', path: null, by: null, at: null, compiled: null } },
        },
      },
      {},
      'SET PERSIST',
    ],
    ['a version without numbers', { version: 'tuned by hand' }, {}, 'cannot be read'],
    [
      'option files that stop the server',
      {},
      {
        files: {
          '/etc/mysql/my.cnf': {
            state: 'there',
            type: 'file',
            mode: '0644',
            owner: 'root',
            group: 'root',
            bytes: '!includedir /gone\n[mysqld]\n',
          },
        },
      },
      'my.cnf',
    ],
  ])('refuses on a host with %s', (_, said, more, why) =>
    expect(sentence(hostFacts(said, more), wish({ max_connections: '20', performance_schema: 'ON' }))).toContain(why),
  )

  it.each([['line\nbreak'], ['nul\0'], ['']])('takes no value %j', (value) =>
    expect(mysqlDesired.safeParse(wish({ tmpdir: value })).success).toBe(false),
  )

  it('says before it that it replicates, that its data is far away, and what it takes over', () => {
    const replica = { channel: '', host: 'elm', port: 3306, reads: 'Yes', applies: 'Yes', secondsBehind: 0, error: '' }
    const nfs = {
      mount: '/',
      source: 'nas:/x',
      type: 'nfs4',
      isNetwork: true,
      readOnly: false,
      totalBytes: null,
      availableBytes: null,
    }
    const facts = hostFacts(
      { replicaOf: { state: 'read', value: [replica] } },
      { fileSystems: { state: 'read', value: [nfs] } },
    )
    const titles = plan(facts, wish({ max_connections: '20', performance_schema: 'ON' })).findings.map(
      ({ title }) => title,
    )
    expect(titles).toContain('larch replicates from elm')
    expect(titles.join()).toContain('network file system')
    expect(titles).toContain('Other option files on larch set some of these too')
  })
})
