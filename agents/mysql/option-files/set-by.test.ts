import { describe, expect, it } from 'vitest'
import { readOrder } from './read-order'
import { setBy } from './set-by'
import { host, version } from './testing/sources'

function decided(files: Parameters<typeof host>[0], text = '10.11.19-MariaDB', known?: ReadonlySet<string>): string[] {
  const order = readOrder(host(files, { version: version(text) }))
  return setBy(order, version(text), known ? { known } : {}).map(
    ({ name, winner, overridden, doubt }) =>
      `${name}=${winner.value} ${winner.file}:${winner.line} over ${overridden.length}${doubt ? ` (${doubt})` : ''}`,
  )
}

describe('who set an option', () => {
  it('is the last line of all groups that the server reads', () => {
    expect(
      decided({
        '/etc/my.cnf': '[mariadb]\nmax-connections=1\n[mysqld]\nmax_connections=2\n[client]\nmax_connections=3\n',
        '/etc/mysql/my.cnf': '[mysqld-10.11]\nport=1\n[mariadb-10.6]\nport=2\n[MYSQLD]\n!include /i.cnf\n',
        '/i.cnf': '[server]\nport = 3\nport = 4\n',
      }),
    ).toEqual(['max_connections=2 /etc/my.cnf:4 over 1', 'port=4 /i.cnf:3 over 2'])
  })

  it('has abbreviations and prefixes resolved by the names that are known', () => {
    const known = new Set(['max_connections', 'autocommit'])
    const files = { '/etc/my.cnf': '[mysqld]\nmax_connections=5\nmax_connection=10\nautocommit=1\nskip-autocommit\n' }
    const decidedLines = ['autocommit=0 /etc/my.cnf:5 over 1', 'max_connections=10 /etc/my.cnf:3 over 1']
    expect(decided(files, '10.11.19-MariaDB', known)).toEqual(decidedLines)
    expect(decided(files, '8.0.36', known)).toEqual([
      'autocommit=0 /etc/my.cnf:5 over 1',
      'max_connection=10 /etc/my.cnf:3 over 0',
      'max_connections=5 /etc/my.cnf:2 over 0',
    ])
    expect(decided(files)).toHaveLength(4)
  })

  it('is every line of an option that adds up', () => {
    const bytes = '[mysqld]\nplugin-load-add=a\nplugin_load_add=b\n'
    const [found] = setBy(readOrder(host({ '/etc/my.cnf': bytes })), version('10.11.19-MariaDB'))
    expect(found).toMatchObject({ winner: { value: 'b' }, overridden: [], alsoCounts: [{ value: 'a' }] })
  })

  it('keeps what is loose, and reads set-variable of old servers', () => {
    const sources = host({ '/etc/my.cnf': '[mysqld]\nloose-x=1\nset-variable = y=2\n' }, { version: version('5.0.51') })
    const found = setBy(readOrder(sources), version('5.0.51'), { known: new Set(['x', 'y']) })
    expect(found).toMatchObject([
      { name: 'x', winner: { isLoose: true, found: 'exactly' } },
      { name: 'y', winner: { value: '2', written: 'set-variable', isLoose: false } },
    ])
  })
})

describe('a doubt', () => {
  const files = {
    '/etc/my.cnf': '!includedir /d\n',
    '/d/a.cnf': '[mysqld]\nx=1\ny=1\n',
    '/d/b.cnf': '[mysqld]\nx=2\ny=1\n',
  }

  it('is there where an unsorted folder gives two values', () => {
    expect(decided(files, '5.0.51')).toEqual([
      'x=2 /d/b.cnf:2 over 1 (It is not certain that this server reads /d/b.cnf after /d/a.cnf.)',
      'y=1 /d/b.cnf:3 over 1',
    ])
    expect(decided(files, '8.0.36').join()).not.toContain('not certain')
    const behind = {
      ...files,
      '/etc/my.cnf': '[mysqld]\nx=0\n!includedir /d\n',
      '/etc/mysql/my.cnf': '[mysqld]\nx=3\n',
    }
    expect(decided(behind, '5.0.51')[0]).toBe('x=3 /etc/mysql/my.cnf:2 over 3')
  })

  it('is not there within one file', () => {
    const own = { '/etc/my.cnf': '!includedir /d\n', '/d/a.cnf': '[mysqld]\nx=1\nx=2\n', '/d/b.cnf': '[mysqld]\n' }
    expect(decided(own, '5.0.51')).toEqual(['x=2 /d/a.cnf:3 over 1'])
  })

  it('is there where a group is perhaps read', () => {
    expect(decided({ '/etc/my.cnf': '[mysqld]\nx=1\n[mariadb-11]\nx=2\n' }, '11.4.2-MariaDB')).toEqual([
      'x=2 /etc/my.cnf:4 over 1 (It is not certain that this server reads the group [mariadb-11].)',
    ])
  })

  it('is there where not all was read', () => {
    const unread = { '/etc/my.cnf': '[mysqld]\nx=1\n', '/root/.my.cnf': { state: 'unread', why: 'denied' } as const }
    expect(decided(unread)).toEqual([
      'x=1 /etc/my.cnf:2 over 0 (Not every file that the server may read could be looked at.)',
    ])
  })
})
