import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dialectSeen, listeningPorts } from './dialect-seen'
import { directorScript } from './director-script'
import { bareosPublished } from './fixtures/bareos'
import { shownDirector } from './found-director'
import { parseDirector } from './parse-director'
import { zoneSeen } from './zone-seen'

const nonce = 'FixtureNonce0001'

/** As the lab's hosts printed it, with Debian's packages of Bacula. */
function printedBy(host: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${host}.txt`), 'utf8')
}

describe('parseDirector', () => {
  it.each([
    ['willow', { dialect: 'mysql', address: '127.0.0.1', port: 3306, path: null, zone: 'Europe/Berlin' }],
    ['poplar', { dialect: 'postgresql', address: '127.0.0.1', port: 5432, path: null, zone: 'Etc/UTC' }],
    ['aspen', { dialect: 'sqlite', port: null, path: '/var/lib/bacula/bacula.db', zone: 'Asia/Kolkata' }],
  ])('reads what %s printed', (host, expected) => {
    const found = parseDirector(printedBy(host), nonce)
    expect(found).toMatchObject({
      catalogs: [
        {
          ...{ name: 'MyCatalog', product: 'bacula', file: '/etc/bacula/bacula-dir.conf', database: 'bacula' },
          ...{ dialectBy: 'the library that the running director uses', zoneBy: '/etc/localtime' },
          ...expected,
        },
      ],
      isRunning: true,
      console: '/usr/sbin/bconsole',
      consoleConfigs: ['/etc/bacula/bconsole-restricted.conf', '/etc/bacula/bconsole.conf'],
      problems: [],
    })
  })

  it('reads the layout that Bareos publishes', () => {
    expect(parseDirector(bareosPublished, nonce)).toMatchObject({
      catalogs: [
        {
          ...{ product: 'bareos', name: 'MyCatalog', database: 'bareos', user: 'bareos', password: 'sesame' },
          ...{
            dialect: 'postgresql',
            address: '127.0.0.1',
            port: 5432,
            zone: 'Europe/Vienna',
            zoneBy: 'TZ of the director',
          },
        },
      ],
      programs: ['psql'],
      problems: [],
    })
  })

  it('gives the browser no password, and says whether there is one', () => {
    const shown = shownDirector(parseDirector(printedBy('willow'), nonce))
    expect(JSON.stringify(shown)).not.toContain('lab-catalog')
    expect(shown.catalogs).toMatchObject([{ hasPassword: true, user: 'bacula' }])
  })

  it('takes zone and library of the process that was started with that file', () => {
    const scratch = printedBy('poplar').replace('tz UTC', 'tz America/Lima')
    expect(scratch).toContain('tz America/Lima')
    const other = `\n${nonce} bacula /root/scratch/dir.conf\nCatalog { Name = Scratch; dbname = scratch }\n`
    const { catalogs } = parseDirector(scratch.replace(`\n${nonce} libraries`, `${other}\n${nonce} libraries`), nonce)
    expect(catalogs.map(({ name, zone }) => [name, zone])).toEqual([
      ['MyCatalog', 'Etc/UTC'],
      ['Scratch', 'America/Lima'],
    ])
  })

  it('says what may not be read, and what stands elsewhere', () => {
    const printed = `\n${nonce} unreadable /etc/bacula\n\n${nonce} bacula /opt/bacula/etc/bacula-dir.conf\n@/opt/bacula/etc/all.conf\n\n${nonce} end\n`
    expect(parseDirector(printed, nonce)).toMatchObject({
      catalogs: [],
      isRunning: false,
      console: null,
      problems: [
        '/etc/bacula may not be read by this login.',
        '/opt/bacula/etc/bacula-dir.conf: No Catalog stands here itself, and line 1 brings in @/opt/bacula/etc/all.conf, which Pollux does not follow.',
      ],
    })
  })

  it('refuses a look that stopped in the middle', () => {
    const printed = printedBy('willow')
    expect(() => parseDirector(printed.slice(0, printed.lastIndexOf(nonce)), nonce)).toThrow(
      expect.objectContaining({ code: 'outcome-unknown' }),
    )
  })

  it('is not led astray by a file that looks like the frame of another look', () => {
    const printed = `\n${nonce} bacula /etc/bacula/bacula-dir.conf\n\nOtherNonce00002 zone\nlink Europe/Oslo\nCatalog { Name = x }\n\n${nonce} end\n`
    expect(parseDirector(printed, nonce).catalogs).toMatchObject([{ name: 'x', zone: null, dialect: null, port: null }])
  })
})

it('the script takes no nonce that could be anything else', () => {
  expect(directorScript(nonce)).toContain(nonce)
  expect(() => directorScript("x'; rm -rf /; echo '")).toThrow(RangeError)
})

describe('dialectSeen', () => {
  const nothing = { driver: null, loaded: [], installed: [], packages: [], ports: [] }

  it.each([
    [{ driver: 'dbi:postgresql', loaded: ['libbaccats-mysql-9.6.7.so'] }, 'postgresql', 'its DbDriver'],
    [
      { loaded: ['/usr/lib/bacula/libbaccats-mysql-9.6.7.so'], ports: [5432] },
      'mysql',
      'the library that the running director uses',
    ],
    [{ installed: ['/usr/lib64/libbaccats-sqlite3-15.so'] }, 'sqlite', 'the library that is installed'],
    [
      { installed: ['libbareoscats-mysql.so', 'libbareoscats-postgresql.so'], packages: ['bareos-database-mysql'] },
      'mysql',
      'the package that is installed',
    ],
    [{ ports: [22, 5432] }, 'postgresql', 'what listens there'],
    [{ ports: [3306, 5432] }, null, ''],
  ])('tells from %j', (seen, dialect, by) => {
    expect(dialectSeen({ ...nothing, ...seen })).toEqual({ dialect, by })
  })

  it('finds the ports on which something listens, of both families', () => {
    const table = `  sl  local_address rem_address   st tx_queue
   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000
   1: 0100007F:1538 0100007F:9C40 01 00000000:00000000
   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000`
    expect(listeningPorts(table)).toEqual([3306, 22])
  })
})

describe('zoneSeen', () => {
  const signs = { unitTz: null, link: '/usr/share/zoneinfo/Europe/Berlin', hasNoLocaltime: false, named: 'Europe/Rome' }

  it.each([
    ['TZ of the process', { processTz: ':Asia/Tokyo', unitTz: 'Asia/Seoul' }, 'Asia/Tokyo', 'TZ of the director'],
    [
      'no TZ of the process, whatever the unit says now',
      { processTz: null, unitTz: 'Asia/Seoul' },
      'Europe/Berlin',
      '/etc/localtime',
    ],
    [
      'TZ of the unit, where the process may not be looked at',
      { unitTz: 'Asia/Seoul' },
      'Asia/Seoul',
      'TZ of the director',
    ],
    ['a rule instead of a name', { processTz: 'CET-1CEST,M3.5.0,M10.5.0/3' }, null, 'TZ of the director'],
    ['the link', {}, 'Europe/Berlin', '/etc/localtime'],
    ['a relative link', { link: '../usr/share/zoneinfo/posix/Europe/Paris' }, 'Europe/Paris', '/etc/localtime'],
    ['a copy instead of a link', { link: null }, 'Europe/Rome', '/etc/timezone'],
    ['a copy alone', { link: null, named: null }, null, ''],
    ['no localtime at all', { link: null, hasNoLocaltime: true }, 'Etc/UTC', 'no /etc/localtime: UTC'],
    ['a link to what is no zone', { link: '/etc/my-clock' }, null, '/etc/localtime'],
  ])('tells by %s', (_, some, zone, by) => {
    expect(zoneSeen({ ...signs, ...some })).toEqual({ zone, by })
  })
})
