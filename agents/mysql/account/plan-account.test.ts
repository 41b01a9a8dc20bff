import { describe, expect, it } from 'vitest'
import { isReadingArgv, type Plan, type RunStep } from '@/lib/agent'
import { type AccountDesired, mysqlAgent, mysqlDesired, type TuneDesired } from '..'
import type { MysqlFacts } from '../facts/facts'
import type { Said } from '../facts/said-facts'
import { hideInLines } from '../facts/without-secrets'
import { hostFacts, plainFile } from '../testing/host-facts'
import { parseServerVersion } from '../version'
import { type Grant, grantStatement, labelOf, parseGrants } from './grant'
import { HEAD, optionValue, WHOLE } from './option-file'
import { accountFileFor } from './place'
import { grantsFor } from './rights'
import { accountOffer } from './view'

const path = '/var/lib/pollux/mysql/run-mysqld-mysqld.sock.cnf'
const written = { state: 'there', type: 'file', mode: '0600', owner: 'root', group: 'root', bytes: WHOLE } as const
const admin = { name: 'root', password: `S3cret"'\\;$(id)é` }

const wish = (may: AccountDesired['may'], more: Partial<AccountDesired> = {}): AccountDesired => ({
  ...{ kind: 'account', server: '/var/lib/mysql', may, admin },
  ...more,
})
const refused = (facts: MysqlFacts): MysqlFacts => ({
  ...facts,
  servers: facts.servers.map((server) => ({
    ...server,
    said: { state: 'not-read', why: 'denied', detail: 'ERROR 1045 (28000): Access denied' },
  })),
})
const withGrants = (grants: Grant[] | null, more: Partial<MysqlFacts> = {}, said: Partial<Said> = {}) =>
  hostFacts({ grants: { state: 'read', value: grants }, ...said }, more)
const version = (text: string) => {
  const found = parseServerVersion(text)
  if (!found) throw new Error(text)
  return found
}
const maria = version('10.11.14-MariaDB')
const host = (facts: MysqlFacts) => ({ hostId: 'h', name: 'larch', facts })
const plan = (facts: MysqlFacts, desired: AccountDesired) => mysqlAgent.plan([host(facts)], desired)
// Its steps are commands alone.
const stepsOf = ({ phases }: Plan) => phases.flatMap(({ hosts }) => hosts.flatMap(({ steps }) => steps)) as RunStep[]
const sentence = (facts: MysqlFacts, desired: AccountDesired) => {
  try {
    plan(facts, desired)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return 'no refusal'
}

describe('an account', () => {
  it('is made where root is refused, and then there is nothing more to do', () => {
    const facts = refused(hostFacts())
    const made = plan(facts, wish('read'))
    expect(stepsOf(made).map(({ id }) => id)).toEqual(['none-yet', 'account', 'proof'])
    expect(made.checks.map(({ id }) => id)).toEqual(['lets-in', 'rights', 'file'])
    for (const { read } of made.checks) expect('command' in read && isReadingArgv(read.command)).toBe(true)
    const after = mysqlAgent.predict(host(facts), made)
    expect(plan(after, wish('read'))).toMatchObject({ phases: [], nothingToDo: expect.stringContaining('is there') })
    expect(mysqlAgent.drift(host(after), wish('read'), made)).toEqual([])
  })

  it('has its administrator in the input of its steps alone, and forgets it', () => {
    const made = plan(refused(hostFacts()), wish('tune'))
    const forms = [admin.password, optionValue(admin.password).slice(1, -1)]
    expect([made.secrets, made.forgets]).toEqual([forms, forms])
    const { secrets: _, forgets: __, ...rest } = made
    const places = JSON.stringify(rest, (key, value: unknown) => (key === 'input' ? undefined : value))
    expect(places).not.toContain('S3cret')
    expect(stepsOf(made).flatMap(({ id, input }) => (input?.includes('S3cret') ? [id] : []))).toEqual([
      'none-yet',
      'account',
    ])
    const none = plan(refused(hostFacts()), wish('read', { admin: null }))
    expect([none.secrets, stepsOf(none).map(({ input }) => input)]).toEqual([undefined, ['', '', undefined]])
    const forgotten = { name: 'root', password: '' }
    expect(stepsOf(plan(refused(hostFacts()), wish('read', { admin: forgotten }))).map(({ input }) => input)).toEqual([
      '',
      '',
      undefined,
    ])
  })

  it('gets other rights where it is there, and they go back with the undo', () => {
    const facts = withGrants(grantsFor(maria, 'read'), { accountFiles: { [path]: written } })
    expect(plan(facts, wish('read')).nothingToDo).toContain('is there')
    const made = plan(facts, wish('tune'))
    const [step] = stepsOf(made)
    expect([step?.id, step?.run.join(' ')]).toEqual(['rights', expect.stringContaining('GRANT SUPER ON *.*')])
    expect(step && 'run' in step.undo ? step.undo.run.join(' ') : '').not.toContain('SUPER')
    const after = mysqlAgent.predict(host(facts), made)
    expect(plan(after, wish('tune')).nothingToDo).toContain('is there')
  })

  it('is taken away, and is nothing where there is none', () => {
    const facts = withGrants(grantsFor(maria, 'read'), { accountFiles: { [path]: written } })
    const gone = plan(facts, wish('nothing'))
    expect(stepsOf(gone).map(({ title }) => title)).toEqual([expect.stringContaining('Drop the account')])
    const after = mysqlAgent.predict(host(facts), gone)
    expect(plan(after, wish('nothing')).nothingToDo).toContain('no account')
    expect(mysqlAgent.drift(host(after), wish('nothing'), gone)).toEqual([])
    expect(mysqlAgent.drift(host(facts), wish('nothing'), gone)).toEqual([
      { what: path, expected: 'gone', seen: 'there' },
    ])
  })

  it.each([
    ['there before', withGrants(grantsFor(maria, 'read')), 'is left alone'],
    [
      'with an edited file',
      withGrants(grantsFor(maria, 'read'), { accountFiles: { [path]: plainFile('x') } }),
      'edited',
    ],
    ['of a server that is gone', hostFacts({}, { servers: [] }), 'runs no server'],
    ['without a client', hostFacts({}, { programs: [] }), 'no client'],
    ['of an unknown version', refused(hostFacts({}, { binaries: {} })), 'not known which version'],
  ])('%s is refused', (_, facts, words) => {
    expect(sentence(facts, wish('read'))).toContain(words)
  })

  it('says what drifted', () => {
    const made = plan(refused(hostFacts()), wish('read'))
    const drift = (facts: MysqlFacts) => mysqlAgent.drift(host(facts), wish('read'), made)
    const own = grantsFor(maria, 'read')
    const more = [...own, { right: 'INSERT', schema: 'shop', table: '', column: '', isGrantable: true }]
    const there = { accountFiles: { [path]: written } }
    expect(drift(withGrants(own, there))).toEqual([])
    expect(drift(withGrants(own))).toMatchObject([{ what: path, seen: 'gone' }])
    expect(drift(withGrants(own, { accountFiles: { [path]: { ...written, mode: '0644' } } }))).toMatchObject([
      { what: `mode of ${path}`, expected: '0600', seen: '0644' },
    ])
    expect(drift(withGrants(own, { accountFiles: { [path]: { ...written, owner: 'mysql' } } }))).toMatchObject([
      { what: path, seen: 'edited' },
    ])
    expect(drift(withGrants(null, there))).toMatchObject([{ expected: 'there', seen: 'gone' }])
    expect(drift(withGrants(more, there))).toMatchObject([
      { seen: expect.stringContaining('INSERT on shop.*, to be given to others') },
    ])
    expect(drift(refused(hostFacts({}, there)))).toMatchObject([{ expected: 'let in', seen: 'refused' }])
    // Facts of before there were such accounts.
    expect(drift(hostFacts())).toMatchObject([{ what: path, seen: 'gone' }])
    expect(drift(hostFacts({}, { servers: [] }))).toMatchObject([{ seen: 'not running' }])
  })

  it('tunes only where it may: said before anything is touched', () => {
    const aim = { purpose: 'shared', load: 'general', budgetBytes: 2 ** 28 } as const
    const tune = (values: Record<string, string>, restart: boolean): TuneDesired => ({
      kind: 'tune',
      server: '/var/lib/mysql',
      aim,
      values,
      loose: [],
      restart,
      makeTmpdir: false,
    })
    const facts = (may: 'read' | 'tune') => withGrants(grantsFor(maria, may), {}, { accountFile: path })
    const tuned = (may: 'read' | 'tune', values: Record<string, string>, restart: boolean) => {
      try {
        return mysqlAgent.plan([host(facts(may))], tune(values, restart))
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
    }
    expect(tuned('read', { max_connections: '30' }, false)).toMatch(/may not set max_connections.*lacks SUPER/)
    expect(tuned('tune', { innodb_tmpdir: '/var/tmp' }, false)).toContain('takes FILE')
    const live = tuned('tune', { max_connections: '30' }, false)
    expect(JSON.stringify(live)).toContain(`--defaults-file=${path}`)
    expect(JSON.stringify(live)).not.toContain('--user=root')
    expect(tuned('read', { max_connections: '30', performance_schema: 'ON' }, true)).toHaveProperty('phases')
  })
})

describe('its rights', () => {
  const names = (text: string, may: 'read' | 'tune') => grantsFor(version(text), may).map(labelOf)
  const always = ['PROCESS', 'SHOW VIEW', 'SELECT (Host) on mysql.user', 'SELECT (User) on mysql.user']
  it.each([
    ['5.1.73', 'read', ['REPLICATION CLIENT']],
    ['5.7.44', 'tune', ['REPLICATION CLIENT', 'SUPER']],
    ['8.0.35', 'tune', ['REPLICATION CLIENT', 'SYSTEM_VARIABLES_ADMIN']],
    ['10.4.34-MariaDB', 'tune', ['REPLICATION CLIENT', 'SUPER']],
    ['10.5.5-MariaDB', 'read', []],
    ['10.11.14-MariaDB', 'read', ['SLAVE MONITOR']],
    ['11.8.3-MariaDB', 'tune', ['SLAVE MONITOR', 'SUPER', 'BINLOG ADMIN', 'CONNECTION ADMIN']],
  ] as const)('are those of %s that it takes to %s', (text, may, more) => {
    expect(names(text, may)).toEqual([...always, ...more])
  })

  it('are read as they are told, and given as statements that quote what a person chose', () => {
    const told = parseGrants([
      ['a`b', 't', '', 'INSERT', 'YES'],
      ['', '', '', 'USAGE', 'NO'],
    ])
    expect(told?.flatMap(grantStatement)).toEqual([
      "GRANT INSERT ON `a``b`.`t` TO 'pollux'@'localhost' WITH GRANT OPTION;",
    ])
    expect([parseGrants([['', '', '', 'USAGE', 'NO']]), parseGrants([])]).toEqual([[], null])
    expect(grantStatement({ right: 'x; DROP', schema: '', table: '', column: '', isGrantable: false })).toEqual([])
  })
})

describe('its option file', () => {
  it('has a place of its own for each socket, one by both ways to /run', () => {
    expect(accountFileFor('/var/run/mysqld/mysqld.sock')).toBe(path)
    expect(accountFileFor('/run/mysqld/mysqld.sock')).toBe(path)
    const odd = ['/a-b/c', '/a/b-c', '/a/b/c', '/a_2d/b', "/c/it's é/m.sock", '/a/../b'].map(accountFileFor)
    expect(new Set(odd).size).toBe(odd.length)
    for (const one of odd) expect(one).toMatch(/^\/var\/lib\/pollux\/mysql\/[\w.-]+\.cnf$/)
  })

  it('is known by all but its password, which facts have masked', () => {
    expect(hideInLines(`${HEAD}password="Px-0123"\n`)).toBe(WHOLE)
    expect(WHOLE).not.toContain('"x"')
    expect(optionValue(`a"b\\c'#`)).toBe(`"a\\"b\\\\c'#"`)
  })
})

describe('the wish', () => {
  it.each([
    ['a password of two lines', { admin: { name: 'root', password: 'a\nb' } }],
    ['a name of two lines', { admin: { name: 'ro\not', password: 'a' } }],
    ['a NUL', { admin: { name: 'root', password: 'a\0' } }],
    ['no name', { admin: { name: '', password: 'a' } }],
    ['another right', { may: 'everything' }],
  ])('takes not %s', (_, more) => {
    expect(mysqlDesired.safeParse({ ...wish('read'), ...more }).success).toBe(false)
  })
  it('takes what quoting is for', () => {
    expect(mysqlDesired.safeParse(wish('read')).success).toBe(true)
  })
})

describe('the wizard', () => {
  it('is told what stands and what would be given', () => {
    const offer = (facts: MysqlFacts) => accountOffer(host(facts), '/var/lib/mysql')
    expect(offer(refused(hostFacts()))).toMatchObject({ whyNot: null, askedAs: null, now: 'nothing', path })
    const file = { accountFiles: { [path]: written } }
    const own = withGrants(grantsFor(maria, 'tune'), file, { accountFile: path, account: 'pollux@localhost' })
    expect(offer(own)).toMatchObject({ now: 'tune', askedAs: 'pollux@localhost', isAskedByAccount: true })
    expect(offer(withGrants([], file)).now).toBe('other')
    expect(offer(own).tunes.map(({ rights }) => rights)).toEqual(['SUPER'])
    expect(offer(hostFacts({}, { servers: [] })).whyNot).toContain('runs no server')
  })
})
