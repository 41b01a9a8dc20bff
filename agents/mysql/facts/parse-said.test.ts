import { describe, expect, it } from 'vitest'
import { ANSWERED, loadAnswer, loadSaid } from './load-fixtures'
import { parseSaid } from './parse-said'
import { said as saidSchema } from './said-facts'

describe.each(ANSWERED)('what %s says', (name) => {
  it('is plain JSON that fits the schema', () => {
    const said = loadSaid(name)
    expect(saidSchema.parse(JSON.parse(JSON.stringify(said)))).toEqual(said)
  })

  it('is told as far as the version knows it', () => {
    const { version, account, accountFile, variables, status, uptimeS, engines, tableCount, ...rest } = loadSaid(name)
    expect({
      version,
      account,
      accountFile,
      tableCount,
      uptimeIsOfStatus: String(uptimeS) === status.Uptime,
      named: ['datadir', 'socket', 'key_buffer_size', 'max_connections'].map((one) => variables[one]),
      innodb: engines.find((engine) => engine.name === 'InnoDB')?.support,
      told: Object.fromEntries(
        Object.entries(rest).map(([key, one]) => [key, one?.state === 'not-read' ? `${one.why}: ${one.detail}` : true]),
      ),
    }).toMatchSnapshot()
  })

  it('has no value of a mark’s, though a variable has marks in it', () => {
    const { variables } = loadSaid(name)
    expect(Object.keys(variables).filter((key) => !/^[a-z][a-z0-9_.]*$/i.test(key))).toEqual([])
    if (name !== 'mysql-9.7' && name !== 'mariadb-10.11') return
    expect(variables.init_connect?.split('\n').filter((line) => line === '@@pollux\tvariables').length).toBeGreaterThan(
      0,
    )
  })
})

describe('who set a variable', () => {
  const of = (name: (typeof ANSWERED)[number], variable: string) => {
    const { setters } = loadSaid(name)
    return setters.state === 'read' ? setters.value[variable] : setters.why
  }

  it('is told by MariaDB with the file', () => {
    expect(of('mariadb-10.11', 'key_buffer_size')).toMatchObject({ how: 'file', path: '/etc/mysql/my.cnf' })
    expect(of('mariadb-10.11', 'max_allowed_packet')).toMatchObject({ how: 'command-line', compiled: '16777216' })
    expect(of('mariadb-10.11', 'read_buffer_size')).toMatchObject({ how: 'sql', path: null })
    expect(of('mariadb-11.8', 'innodb_buffer_pool_size')).toMatchObject({
      how: 'file',
      path: '/etc/mysql/mariadb.conf.d/99-own.cnf',
    })
    expect(of('mariadb-11.8', 'sort_buffer_size')).toBeUndefined()
    expect(of('mariadb-10.5', 'basedir')).toMatchObject({ how: 'environment', path: null })
  })

  it('is told by MySQL with the person and the time', () => {
    expect(of('mysql-9.7', 'sort_buffer_size')).toMatchObject({
      how: 'persisted',
      path: expect.stringContaining('mysqld-auto.cnf'),
    })
    expect(of('mysql-9.7', 'read_buffer_size')).toMatchObject({ how: 'sql', by: "'root'@'localhost'" })
    expect(of('mysql-9.7', 'key_buffer_size')).toMatchObject({ how: 'file', path: '/etc/mysql/my.cnf' })
    expect(of('mysql-9.7', 'max_connections')).toMatchObject({ how: 'command-line' })
  })

  it('is looked up by what holds at the next start too', () => {
    expect(loadSaid('mysql-9.7').persisted).toEqual({
      state: 'read',
      value: { sort_buffer_size: '300000', join_buffer_size: '262144' },
    })
    expect(loadSaid('mariadb-11.8').persisted).toEqual({ state: 'read', value: {} })
    expect(of('mysql-9.7', 'join_buffer_size')).toMatchObject({ how: 'sql' })
  })

  it('is not told by MySQL 5.0, which is not "nobody"', () => {
    expect(of('mysql-5.0', 'key_buffer_size')).toBe('failed')
  })
})

describe('replication', () => {
  const source = { channel: '', host: '192.0.2.9', port: 3307 }

  it.each([
    ['mariadb-10.11', { ...source, reads: 'No', applies: 'No', secondsBehind: null, error: '' }],
    [
      'mysql-9.7',
      {
        ...source,
        reads: 'Connecting',
        applies: 'Yes',
        secondsBehind: 0,
        error: expect.stringContaining("Error connecting to source 'repl@192.0.2.9:3307'"),
      },
    ],
  ] as const)('%s names its source, whatever the version calls it', (name, one) => {
    expect(loadSaid(name).replicaOf).toEqual({ state: 'read', value: [one] })
  })

  it.each(['mariadb-10.5', 'mysql-5.0'] as const)('%s replicates from nothing', (name) => {
    expect(loadSaid(name).replicaOf).toEqual({ state: 'read', value: [] })
  })
})

describe('connections', () => {
  it('are counted by user, host, schema and command, without our own', () => {
    const application = { user: 'bacula', host: 'localhost', schema: 'bacula', command: 'Query', count: 2 }
    expect(loadSaid('mariadb-10.11').connections).toEqual({ state: 'read', value: [application] })
  })

  it('are counted of the list itself where there is no table, and no statement is kept', () => {
    const application = { user: 'bacula', host: '192.0.2.7', schema: 'bacula', command: 'Sleep', count: 2 }
    expect(loadSaid('mysql-5.0').connections).toEqual({ state: 'read', value: [application] })
    expect(JSON.stringify(loadSaid('mysql-5.0'))).not.toContain('word')
  })
})

it('names are whole, with tabs and newlines in them', () => {
  for (const name of ['mariadb-10.11', 'mysql-9.7'] as const) {
    const { biggest } = loadSaid(name)
    expect(biggest.state === 'read' && biggest.value.map((table) => table.name)).toContain('a\tb\nc\\d')
  }
})

it('accounts without a name and hosts of root are told', () => {
  expect(loadSaid('mysql-5.0')).toMatchObject({
    anonymous: { state: 'read', value: ['localhost'] },
    rootHosts: { state: 'read', value: ['localhost', 'nas'] },
    schemas: { state: 'read', value: { hasTest: false } },
  })
  expect(loadSaid('mariadb-10.11').schemas).toMatchObject({ value: { hasTest: true } })
  expect(loadSaid('mysql-9.7').rootHosts).toEqual({ state: 'read', value: ['%', 'localhost'] })
})

describe('what was not measured', () => {
  const whole = loadAnswer('mysql-5.0')

  it('is no empty list where there are too many tables', () => {
    const many = whole
      .replace('59\t3', '100000\t3')
      .replace(/(@@pollux\tsizes\n){2}[^@]*/, '@@pollux\tsizes\n@@pollux\tsizes\n')
    const said = parseSaid(many)
    expect(said.state === 'read' && said.value.tables).toMatchObject({
      why: 'not-asked',
      detail: expect.stringContaining('100000'),
    })
  })

  it('is no empty list where the answer was cut', () => {
    const said = parseSaid(whole.slice(0, whole.indexOf('@@pollux\taccounts') + 60))
    expect(
      said.state === 'read' && [said.value.schemas.state, said.value.anonymous, said.value.connections],
    ).toMatchObject(['read', { why: 'cut-off' }, { why: 'cut-off' }])
  })

  it('is no server where not even its variables came', () => {
    expect(parseSaid(whole.slice(0, 300))).toMatchObject({ state: 'not-read', why: 'failed' })
  })
})
