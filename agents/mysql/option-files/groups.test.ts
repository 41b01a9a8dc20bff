import { describe, expect, it } from 'vitest'
import { parseServerVersion, type ServerVersion } from '../version'
import { readerOf, serverGroups } from './groups'
import { parseHelp } from './start-files'

function version(text: string): ServerVersion {
  const found = parseServerVersion(text)
  if (!found) throw new Error(`expected a version, got ${text}`)
  return found
}
const of = (text: string) => serverGroups(version(text))

// What `mariadbd --no-defaults --help --verbose` of Debian's packages says.
describe('the groups of a server', () => {
  it.each([
    ['10.5.23-MariaDB', 'mysqld server mysqld-10.5 mariadb mariadb-10.5 mariadbd mariadbd-10.5 client-server galera'],
    [
      '10.11.19-MariaDB',
      'mysqld server mysqld-10.11 mariadb mariadb-10.11 mariadbd mariadbd-10.11 client-server galera',
    ],
    [
      '11.8.9-MariaDB',
      'mysqld server mysqld-11.8 mariadb mariadb-11.8 mariadb-11 mariadbd mariadbd-11.8 mariadbd-11 client-server galera',
    ],
  ])('%s: as its binary says', (text, said) => {
    const help = `mariadbd  Ver ${text}\nDefault options are read from the following files in the given order:\n/etc/my.cnf \nThe following groups are read: ${said}\nThe following options`
    expect(parseHelp(help)?.groups).toEqual({ read: said.split(' '), perhaps: [] })
    expect([...of(text).read].toSorted()).toEqual(said.split(' ').toSorted())
    expect(of(text).perhaps).toEqual([])
  })

  it.each([
    ['5.7.44', ['mysqld', 'server', 'mysqld-5.7'], ['mysql_cluster']],
    ['8.4.3', ['mysqld', 'server', 'mysqld-8.4'], ['mysql_cluster']],
    ['4.0.13', ['mysqld', 'server'], ['mysql_cluster']],
    ['10.0.38-MariaDB', ['mysqld', 'server', 'mysqld-10.0', 'mariadb', 'mariadb-10.0', 'client-server'], ['galera']],
    [
      '10.4.1-MariaDB',
      ['mysqld', 'server', 'mysqld-10.4', 'mariadb', 'mariadb-10.4', 'client-server', 'galera'],
      ['mariadbd', 'mariadbd-10.4'],
    ],
  ])('%s', (text, read, perhaps) => expect(of(text)).toEqual({ read, perhaps }))

  it('come with a suffix as well', () => {
    expect(serverGroups(version('8.0.1'), '_TWO').read).toEqual([
      ...['mysqld', 'server', 'mysqld-8.0'],
      ...['mysqld_two', 'server_two', 'mysqld-8.0_two'],
    ])
  })
})

it.each([
  ['MySQLd', 'server'],
  ['mariadb-10.11', 'server'],
  ['mariadb-10.6', 'other'],
  ['client', 'other'],
  ['mysqld_safe', 'mysqld_safe'],
  ['mysqld_multi', 'mysqld_multi'],
  ['mysqld1', 'instances'],
  ['mysqld-5.7', 'other'],
  [' mysqld', 'other'],
  ['mariadb-11', 'other'],
])('[%s] is for %s', (group, reader) => expect(readerOf(group, of('10.11.4-MariaDB'))).toBe(reader))

it('says when a group is perhaps read', () => {
  expect(readerOf('mariadb-11', of('11.4.2-MariaDB'))).toBe('perhaps-server')
})
