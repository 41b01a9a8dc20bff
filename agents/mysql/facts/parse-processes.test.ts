import { describe, expect, it } from 'vitest'
import { parseProcesses, wordsOf, wordValue } from './parse-processes'

const status = (
  name: string,
  pid: number,
  more: Partial<Record<'parent' | 'uid' | 'rss' | 'peak' | 'spaces', string | number>> = {},
) =>
  [
    `Name:\t${name}`,
    'State:\tS (sleeping)',
    `Pid:\t${pid}`,
    `PPid:\t${more.parent ?? 1}`,
    `Uid:\t${more.uid ?? 112}\t112\t112\t112`,
    ...(more.spaces ? [`NSpid:\t${more.spaces}`] : []),
    ...(more.rss ? [`VmHWM:\t   ${more.peak ?? more.rss} kB`, `VmRSS:\t   ${more.rss} kB`] : []),
    '',
  ].join('\n')

const files = (entries: Record<number, [status: string, cmdline?: string]>) =>
  new Map(
    Object.entries(entries).flatMap(([pid, [text, cmdline = '']]) => [
      [`/proc/${pid}/status`, text],
      [`/proc/${pid}/cmdline`, cmdline],
    ]),
  )

describe('the processes of a host', () => {
  it('are two servers of mysqld_multi, each with what is its own', () => {
    const { servers, othersRssBytes } = parseProcesses({
      files: files({
        2: [status('kthreadd', 2)],
        700: [status('mysqld_safe', 700, { uid: 0, rss: 1000 }), '/bin/sh/usr/bin/mysqld_safe'],
        801: [
          status('mysqld', 801, { parent: 700, rss: 40_000, peak: 52_000 }),
          '/usr/sbin/mysqld--defaults-group-suffix=1--datadir=/c/mysql1--socket=/var/run/mysqld/mysqld1.sock',
        ],
        802: [status('mariadbd', 802, { rss: 9000 }), '/usr/sbin/mariadbd'],
        900: [status('bacula-dir', 900, { rss: 3000 }), '/usr/sbin/bacula-dir-c/etc/bacula/bacula-dir.conf'],
      }),
      folders: new Map([
        ['/proc/801/cwd', '/c/mysql1'],
        ['/proc/900/cwd', '/var/lib/bacula'],
      ]),
      sockets: [
        { host: '127.0.0.1', port: 3307, pid: 801, program: 'mysqld' },
        { host: '0.0.0.0', port: 9101, pid: 900, program: 'bacula-dir' },
      ],
    })
    expect(servers).toEqual([
      {
        pid: 801,
        name: 'mysqld',
        wrapper: { pid: 700, name: 'mysqld_safe' },
        uid: 112,
        rssBytes: 40_960_000,
        peakRssBytes: 53_248_000,
        words: [
          '/usr/sbin/mysqld',
          '--defaults-group-suffix=1',
          '--datadir=/c/mysql1',
          '--socket=/var/run/mysqld/mysqld1.sock',
        ],
        isContained: false,
        folder: '/c/mysql1',
        listens: [{ host: '127.0.0.1', port: 3307 }],
      },
      expect.objectContaining({ pid: 802, wrapper: null, folder: null, listens: [] }),
    ])
    expect(othersRssBytes).toBe(4000 * 1024)
  })

  it('know a container by its second number', () => {
    const { servers } = parseProcesses({
      files: files({ 5: [status('mysqld', 5, { spaces: '5\t1' })], 6: [status('mysqld', 6, { spaces: '6' })] }),
      folders: new Map(),
      sockets: null,
    })
    expect(servers.map(({ isContained, listens }) => [isContained, listens])).toEqual([
      [true, null],
      [false, null],
    ])
  })

  it('are no server where the name only begins so', () => {
    const { servers } = parseProcesses({
      files: files({ 5: [status('mysqld_safe', 5)], 6: [status('mysqld_exporter', 6)], 7: [status('mysqldump', 7)] }),
      folders: new Map(),
      sockets: [],
    })
    expect(servers).toEqual([])
  })

  it('have no sum where none was seen', () => {
    expect(parseProcesses({ files: new Map(), folders: new Map(), sockets: null })).toEqual({
      servers: [],
      othersRssBytes: null,
    })
  })
})

describe('the words of a command line', () => {
  it('show no password', () => {
    expect(wordsOf('/usr/sbin/mysqld--report-password=hidden--wsrep_sst_auth=sst:hidden--port=3306')).toEqual([
      '/usr/sbin/mysqld',
      '--report-password=****',
      '--wsrep_sst_auth=****',
      '--port=3306',
    ])
  })

  it('have the last value that was said, with dashes or underscores', () => {
    const words = wordsOf('mysqld--pid_file=/a--pid-file=/run/b--socket=/s=1')
    expect([wordValue(words, 'pid-file'), wordValue(words, 'socket'), wordValue(words, 'datadir')]).toEqual([
      '/run/b',
      '/s=1',
      null,
    ])
  })
})
