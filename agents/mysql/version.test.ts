import { describe, expect, it } from 'vitest'
import { compareNumbers, isAtLeast, parseServerVersion } from './version'

describe('a version of a server', () => {
  it.each([
    ['10.11.14-MariaDB-0+deb12u2', 'mariadb', [10, 11, 14]],
    ['mariadbd  Ver 11.8.3-MariaDB-0+deb13u1 from Debian for debian-linux-gnu on x86_64', 'mariadb', [11, 8, 3]],
    ['5.5.5-10.5.23-MariaDB-0+deb11u1', 'mariadb', [10, 5, 23]],
    ['5.5.68-MariaDB', 'mariadb', [5, 5, 68]],
    ['8.0.36-0ubuntu0.22.04.1', 'mysql', [8, 0, 36]],
    ['mysqld  Ver 5.0.51a-24+lenny5 for debian-linux-gnu on sparc ((Debian))', 'mysql', [5, 0, 51]],
    ['8.0.35-27-Percona Server', 'mysql', [8, 0, 35]],
    ['5.5.5-m3', 'mysql', [5, 5, 5]],
  ])('%s', (text, flavour, numbers) => {
    expect(parseServerVersion(text)).toMatchObject({ flavour, numbers })
  })

  it('is not made up', () => expect(parseServerVersion('sh: mysqld: not found')).toBeNull())

  it('is compared by its numbers', () => {
    const version = parseServerVersion('10.11.2-MariaDB')
    expect(version && [isAtLeast(version, 10, 2, 2), isAtLeast(version, 10, 11, 3), isAtLeast(version, 11)]).toEqual([
      true,
      false,
      false,
    ])
    expect(compareNumbers([5, 7, 5], [5, 7, 5])).toBe(0)
  })
})
