import { describe, expect, it } from 'vitest'
import { printOptionFile } from './document'
import { withOptions } from './edit'
import { lastReadPlace } from './last-read-place'
import { readOrder } from './read-order'
import { setBy } from './set-by'
import { host, version } from './testing/sources'

type Files = Parameters<typeof host>[0]
function place(files: Files, text = '10.11.19-MariaDB') {
  return lastReadPlace(readOrder(host(files, { version: version(text) })), version(text))
}
const debian: Files = {
  '/etc/mysql/my.cnf':
    '[client-server]\nsocket=/s\n!includedir /etc/mysql/conf.d/\n!includedir /etc/mysql/mariadb.conf.d/\n',
  '/etc/mysql/conf.d/mysql.cnf': '[mysql]\n',
  '/etc/mysql/mariadb.conf.d/50-server.cnf': '[mysqld]\nmax_connections=5\n',
  '/etc/mysql/mariadb.conf.d/60-galera.cnf': '[galera]\n',
}

describe('where settings are read last', () => {
  it('is a file of its own in the last folder', () => {
    expect(place(debian)).toEqual({
      kind: 'drop-in',
      path: '/etc/mysql/mariadb.conf.d/zz-pollux.cnf',
      folder: '/etc/mysql/mariadb.conf.d',
      reason:
        '/etc/mysql/my.cnf includes /etc/mysql/mariadb.conf.d in line 4, the last folder that the server reads, and zz-pollux.cnf is the last file there.',
      later: [],
      isOrderSure: true,
    })
  })

  it.each([
    [['zz-local.cnf'], 'zz-pollux.cnf'],
    [['zz-tuning.cnf'], 'zzz-pollux.cnf'],
    [['zz-tuning.cnf', 'zz-pollux.cnf'], 'zzz-pollux.cnf'],
    [['zzz-pollux.cnf'], 'zzz-pollux.cnf'],
    [['zz-tuning.cnf.bak'], 'zz-pollux.cnf'],
    [['~.cnf'], 'zz-pollux.cnf'],
  ])('with a name behind %j: %s', (names, expected) => {
    const more = Object.fromEntries(names.map((name) => [`/etc/mysql/mariadb.conf.d/${name}`, '[mysqld]\n']))
    expect(place({ ...debian, ...more })).toMatchObject({ path: `/etc/mysql/mariadb.conf.d/${expected}` })
  })

  it('says what is read later all the same', () => {
    const found = place({
      ...debian,
      '/etc/mysql/mariadb.conf.d/~.cnf': '[mysqld]\nx=1\n',
      '/root/.my.cnf': '[client]\npassword=x\n[mysqld]\ny=1\n',
    })
    expect(found).toMatchObject({ later: [{ name: 'x' }, { name: 'y', file: '/root/.my.cnf' }] })
    expect(found.reason).toContain(
      'What /etc/mysql/mariadb.conf.d/~.cnf says from line 2 on is read later all the same.',
    )
  })

  it('is an empty folder as well', () => {
    expect(place({ '/etc/my.cnf': '!includedir /etc/my.cnf.d\n', '/etc/my.cnf.d': null }, '8.0.36')).toMatchObject({
      path: '/etc/my.cnf.d/zz-pollux.cnf',
    })
  })

  it('is the last start file where no folder is included', () => {
    const files = {
      '/etc/my.cnf': '[mysqld]\na=1\n',
      '/etc/mysql/my.cnf': '[mysqld]\nb=1\n!include /i.cnf\n',
      '/i.cnf': '[mysqld]\nc=1\n',
    }
    expect(place(files, '5.0.51')).toEqual({
      kind: 'main-file',
      path: '/etc/mysql/my.cnf',
      under: 'Set by Pollux',
      reason: "No file includes a folder, and /etc/mysql/my.cnf is the last one of the system's that the server reads.",
      later: [],
      isOrderSure: true,
    })
  })

  it('is not the file in a home, though that is read later', () => {
    const files = { '/etc/my.cnf': '[mysqld]\na=1\n', '/root/.my.cnf': '[client]\nb=1\n[mysqld]\nc=1\n' }
    expect(place(files)).toMatchObject({ path: '/etc/my.cnf', later: [{ name: 'c', file: '/root/.my.cnf' }] })
  })

  it('is nowhere when there is no file', () => expect(place({})).toMatchObject({ kind: 'nowhere' }))

  it('is not certain in a folder of an old server', () => {
    expect(place(debian, '5.0.51')).toMatchObject({ kind: 'drop-in', isOrderSure: false })
  })
})

it.each([
  debian,
  { '/etc/my.cnf': '[mysqld]\nmax_connections=1\n!include /i.cnf\n', '/i.cnf': '[mysqld]\nmax_connections=2\n' },
])('what is written there wins', (files) => {
  const found = place(files)
  if (found.kind === 'nowhere') throw new Error('expected a place')
  const before = readOrder(host(files)).files.find(({ path }) => path === found.path)?.document ?? { lines: [] }
  const rules = found.kind === 'main-file' ? { under: found.under } : {}
  const after = withOptions(before, 'mysqld', [{ name: 'max_connections', do: 'set', value: '9' }], rules)
  const now = readOrder(host({ ...files, [found.path]: printOptionFile(after) }))
  expect(setBy(now, version('10.11.19-MariaDB')).find(({ name }) => name === 'max_connections')).toMatchObject({
    winner: { value: '9', file: found.path },
    doubt: null,
  })
})
