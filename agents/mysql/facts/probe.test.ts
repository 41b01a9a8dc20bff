import { describe, expect, it } from 'vitest'
import type { Found, HostDocument, RawReading } from '@/lib/agent'
import { buildFactsScript } from '@/lib/facts/script'
import { fileSystemOf, type MysqlFacts, mysqlFacts } from './facts'
import { loadAnswer } from './load-fixtures'
import { KNOWN_SOCKETS, mysqlProbe, mysqlProbeAt } from './probe'
import { PACKAGE_UNITS } from './questions-of-host'

const text = (said: string, more: Partial<{ truncated: boolean; branch: number }> = {}): RawReading => ({
  state: 'read',
  kind: 'text',
  text: said,
  truncated: false,
  exitCode: 0,
  branch: 0,
  ...more,
})
const byPath = (entries: Record<string, string>): RawReading => ({
  state: 'read',
  kind: 'by-path',
  byPath: new Map(Object.entries(entries)),
  truncated: false,
})
const documents = (entries: Record<string, Partial<HostDocument>>, truncated = false): RawReading => ({
  state: 'read',
  kind: 'documents',
  byPath: new Map(
    Object.entries(entries).map(([path, one]): [string, Found<HostDocument>] => [
      path,
      {
        state: 'read',
        value: { type: 'file', target: null, mode: '0644', owner: 'root', group: 'root', bytes: '', ...one },
      },
    ]),
  ),
  truncated,
})
const none: RawReading = { state: 'not-read', why: 'no-program', detail: 'it is not installed' }

const host: Record<string, RawReading> = {
  programs: byPath({ mariadb: '/usr/bin/mariadb', 'apt-get': '/usr/bin/apt-get' }),
  processes: byPath({
    '/proc/1/status': 'Name:\tsystemd\nPPid:\t0\nUid:\t0\t0\t0\t0\nVmRSS:\t   10000 kB\n',
    '/proc/812/status':
      'Name:\tmariadbd\nPPid:\t1\nUid:\t112\t112\t112\t112\nVmHWM:\t   85924 kB\nVmRSS:\t   80000 kB\n',
    '/proc/812/cmdline': '/usr/sbin/mariadbd',
  }),
  folders: byPath({ '/proc/1/cwd': '/', '/proc/812/cwd': '/var/lib/mysql' }),
  system: byPath({ '/proc/1/comm': 'systemd\n', '/proc/meminfo': 'MemTotal:        1024000 kB\n' }),
  pidFiles: byPath({}),
  sockets: text(
    'LISTEN 0 80 127.0.0.1:3306 0.0.0.0:* users:(("mariadbd",pid=812,fd=20))\nLISTEN 0 80 0.0.0.0:22 0.0.0.0:*\n',
  ),
  unix: text('0: 00000002 00000000 00010000 0001 01 31337 /run/mysqld/mysqld.sock\n'),
  units: text(
    'Id=mariadb.service\nNames=mariadb.service mysql.service\nLoadState=loaded\nActiveState=active\nMainPID=812\n',
  ),
  initScripts: byPath({ '/etc/init.d/mariadb': '#!/bin/bash\n' }),
  packages: text('install ok installed mariadb-server 1:10.11.19-0+deb12u1\n'),
  candidate: text('mariadb-server is already the newest version.\n'),
  files: documents({ '/etc/mysql/my.cnf': { bytes: '[client]\npassword = hidden\n' } }),
  dataFiles: documents({
    '/proc/812/cwd/mysqld-auto.cnf': { bytes: '{"report_password": {"Value": "hidden"}}' },
    '/proc/900/cwd/mysqld-auto.cnf': { bytes: 'of no server' },
  }),
  dataDirs: documents({
    '/proc/812/cwd/mysql/..': { type: 'directory', mode: '0755', owner: 'mysql', group: 'mysql' },
    '/proc/900/cwd/mysql/..': { type: 'directory' },
  }),
  traces: byPath({
    '/var/lib/mysql/grastate.dat': '/var/lib/mysql/grastate.dat\n',
    '/proc/812/cwd/grastate.dat': '/var/lib/mysql/grastate.dat\n',
  }),
  appArmor: text('/usr/sbin/mysqld (enforce)\nfirefox (complain)\n'),
  mounts: text('/dev/sda1 / ext4 rw 0 0\nnas:/db /var/lib/mysql nfs rw 0 0\n'),
  df: text('Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 1000 400 600 40% /\n'),
  cores: text('0-1\n'),
  architecture: text('x86_64\n'),
  bits: text('64\n'),
  optionFileOrder: text(
    'Default options are read from the following files in the given order:\n/etc/my.cnf /etc/mysql/my.cnf ~/.my.cnf \n\nOther\n',
  ),
  mariadbdVersion: text('mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)\n'),
  [`said ${KNOWN_SOCKETS[0]}`]: text(loadAnswer('mariadb-10.11')),
}

function factsOf(more: Record<string, RawReading> = {}): MysqlFacts {
  const found = mysqlProbe.parse({ ...host, ...more })
  if (found.state === 'not-read') throw new Error(found.detail)
  return found.value
}

describe('the probe', () => {
  it('asks nothing but what only reads', () => {
    expect(buildFactsScript([mysqlProbe], '0'.repeat(32))).toContain('/proc/[0-9]*/status')
    expect(buildFactsScript([mysqlProbeAt(['/c/my data/m.sock'])], '0'.repeat(32))).toContain('nonce=')
  })

  it('gives plain JSON that fits the schema', () => {
    const facts = factsOf()
    expect(mysqlFacts.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
  })

  it('puts a server together of all that was read about it', () => {
    const { servers, files, dataDirs, ...facts } = factsOf()
    expect(servers).toMatchObject([
      {
        key: '/var/lib/mysql',
        process: { pid: 812, peakRssBytes: 85_924 * 1024, listens: [{ host: '127.0.0.1', port: 3306 }] },
        matchedBy: 'folder',
        socket: '/var/run/mysqld/mysqld.sock',
        unit: 'mariadb.service',
        said: { state: 'read', value: { version: '10.11.19-MariaDB-0+deb12u1' } },
      },
    ])
    expect(dataDirs).toEqual([
      { path: '/var/lib/mysql', type: 'directory', mode: '0755', owner: 'mysql', group: 'mysql' },
    ])
    expect(Object.keys(files)).toEqual(['/etc/mysql/my.cnf', '/var/lib/mysql/mysqld-auto.cnf'])
    expect(facts).toMatchObject({
      init: 'systemd',
      processesNotRead: null,
      sockets: [{ port: 3306, pid: 812 }],
      initScripts: ['/etc/init.d/mariadb'],
      candidate: { state: 'not-read', why: 'absent' },
      optionFileOrder: ['/etc/my.cnf', '/etc/mysql/my.cnf', '~/.my.cnf'],
      binaries: { mariadbd: expect.stringContaining('10.11.19') },
      hasAllFiles: true,
      appArmor: [{ name: '/usr/sbin/mysqld', mode: 'enforce' }],
      traces: [{ kind: 'galera', path: '/var/lib/mysql/grastate.dat' }],
      machine: { totalBytes: 1_048_576_000, othersRssBytes: 10_240_000, cores: 2, bits: 64 },
    })
  })

  it('tells the file system of a path, and that it is one of the network', () => {
    const facts = factsOf()
    expect(fileSystemOf(facts, '/var/lib/mysql')).toMatchObject({ type: 'nfs', isNetwork: true, availableBytes: null })
    expect(fileSystemOf(facts, '/var/lib/mysql-files')).toMatchObject({ mount: '/', availableBytes: 614_400 })
    expect(fileSystemOf(factsOf({ mounts: none }), '/')).toBeNull()
  })

  it('keeps nothing in the store that is secret', () => {
    expect(JSON.stringify(factsOf())).toContain('hidden')
    const kept = mysqlProbe.keep?.(factsOf())
    expect(JSON.stringify(kept)).not.toContain('hidden')
    expect(kept && mysqlProbe.keep?.(kept)).toEqual(kept)
  })

  it('never makes nothing of what was not read', () => {
    const why = { state: 'not-read', why: 'no-program' }
    expect(factsOf({ packages: none, candidate: none, mounts: none })).toMatchObject({
      packages: why,
      candidate: why,
      fileSystems: why,
    })
    expect(factsOf({ processes: { ...host.processes, truncated: true } as RawReading }).processesNotRead).toBeNull()
    expect(factsOf({ processes: none }).processesNotRead).toBe('it is not installed')
    expect(factsOf({ sockets: none }).sockets).toBeNull()
    expect(factsOf({ unix: none }).localSockets).toBeNull()
    expect(factsOf({ files: documents({}, true) }).hasAllFiles).toBe(false)
    expect(mysqlProbe.parse({})).toMatchObject({ state: 'not-read' })
  })

  it('finds a host without a server, and what could be installed', () => {
    const facts = factsOf({
      processes: byPath({ '/proc/1/status': 'Name:\tinit\nPPid:\t0\n' }),
      unix: text('Num\n'),
      [`said ${KNOWN_SOCKETS[0]}`]: none,
      candidate: text(
        'Inst mariadb-server-10.5 (1:10.5.23 Debian:11 [armhf])\nInst default-mysql-server (1.0.7 Debian:11 [all])\n',
        {
          branch: PACKAGE_UNITS.length + 1,
        },
      ),
    })
    expect(facts.servers).toEqual([])
    expect(facts.candidate).toMatchObject({
      state: 'read',
      value: { package: 'default-mysql-server', server: 'mariadb-server-10.5', version: '1:10.5.23' },
    })
  })

  it('does not ask apt where the package of a server left its unit', () => {
    expect(factsOf({ candidate: text('[Unit]\n', { branch: 1 }) }).candidate).toEqual({
      state: 'not-read',
      why: 'absent',
      detail: expect.stringContaining('/lib/systemd/system/mysql.service'),
    })
  })
})
