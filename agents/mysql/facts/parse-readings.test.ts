import { describe, expect, it } from 'vitest'
import { parseFileSystems } from './parse-file-systems'
import { parseMachine } from './parse-machine'
import { parseCandidate, parsePackages } from './parse-packages'
import { parseListing, parseTables, parseUnixSockets, sameRun } from './parse-sockets'
import { parseUnits } from './parse-units'

it('units are told once each, under all their names, and those that are not there are left out', () => {
  const mariadb = [
    'MainPID=812',
    'TimeoutStartUSec=15min',
    'LimitNOFILE=32768',
    'User=mysql',
    'ProtectSystem=full',
    'ProtectHome=yes',
    'PrivateTmp=no',
    'ExecStart={ path=/usr/sbin/mariadbd ; argv[]=/usr/sbin/mariadbd --report-password=hidden $MYSQLD_OPTS ; ignore_errors=no }',
    'Id=mariadb.service',
    'Names=mariadb.service mysql.service mysqld.service',
    'LoadState=loaded',
    'ActiveState=active',
    'UnitFileState=enabled',
    'FragmentPath=/lib/systemd/system/mariadb.service',
    'DropInPaths=/etc/systemd/system/mariadb.service.d/a.conf /etc/systemd/system/mariadb.service.d/b.conf',
  ].join('\n')
  const none = 'Id=mysqld@.service\nLoadState=not-found\nActiveState=inactive\nMainPID=0'
  const units = parseUnits(`${mariadb}\n\n${mariadb}\n\n${none}\n`)
  expect(units).toEqual([
    {
      id: 'mariadb.service',
      names: ['mariadb.service', 'mysql.service', 'mysqld.service'],
      load: 'loaded',
      active: 'active',
      enabled: 'enabled',
      mainPid: 812,
      execStart: expect.stringContaining('--report-password=**** $MYSQLD_OPTS ;'),
      fragment: '/lib/systemd/system/mariadb.service',
      dropIns: ['/etc/systemd/system/mariadb.service.d/a.conf', '/etc/systemd/system/mariadb.service.d/b.conf'],
      protectHome: 'yes',
      protectSystem: 'full',
      privateTmp: 'no',
      limitNoFile: '32768',
      timeoutStart: '15min',
      user: 'mysql',
    },
  ])
})

it('packages are told by name, with those that are gone but for their files', () => {
  const text = [
    'install ok installed mariadb-server 1:10.11.19-0+deb12u1',
    'deinstall ok config-files mysql-server-5.0 5.0.51a-24+lenny5',
    'unknown ok not-installed mysql-server ',
    'installed MariaDB-server 10.6.17-1.el9',
  ].join('\n')
  expect(parsePackages(text)).toEqual([
    { name: 'MariaDB-server', version: '10.6.17-1.el9', state: 'installed' },
    { name: 'mariadb-server', version: '1:10.11.19-0+deb12u1', state: 'installed' },
    { name: 'mysql-server-5.0', version: '5.0.51a-24+lenny5', state: 'config-files' },
  ])
})

it('a candidate is the server among what would come', () => {
  const text = [
    'Reading package lists...',
    'Inst galera-4 (26.4.23-0+deb12u1 Debian:12.11/stable [amd64])',
    'Inst mysql-common (5.8+1.1.0 Debian:12.11/stable [all])',
    'Inst mariadb-server (1:10.11.19-0+deb12u1 Debian-Security:12/stable-security [amd64])',
    'Inst default-mysql-server (1.1.0 Debian:12.11/stable [all])',
    'Conf galera-4 (26.4.23-0+deb12u1 Debian:12.11/stable [amd64])',
  ].join('\n')
  expect(parseCandidate(text, 'default-mysql-server')).toEqual({
    package: 'default-mysql-server',
    server: 'mariadb-server',
    version: '1:10.11.19-0+deb12u1',
    installs: ['galera-4', 'mysql-common', 'mariadb-server', 'default-mysql-server'],
  })
  expect(
    parseCandidate('Inst mysql-server-8.0 [8.0.1] (8.0.36-0ubuntu0.22.04.1 Ubuntu:22.04 [amd64])', 'mysql-server'),
  ).toMatchObject({
    server: 'mysql-server-8.0',
    version: '8.0.36-0ubuntu0.22.04.1',
  })
  expect(parseCandidate('mariadb-server is already the newest version.', 'mariadb-server')).toBeNull()
})

describe('sockets', () => {
  it('are told with their process by ss, new and old, and by netstat', () => {
    const text = [
      'State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      'LISTEN 0      80         127.0.0.1:3306      0.0.0.0:*     users:(("mariadbd",pid=812,fd=20))',
      'LISTEN 0      50                 *:3307            *:*     users:(("mysqld",1934,12))',
      'LISTEN 0      50              [::]:3308         [::]:*',
      'tcp        0      0 0.0.0.0:3309            0.0.0.0:*               LISTEN      77/mysqld',
      'tcp6       0      0 :::3310                 :::*                    LISTEN      -',
      'tcp        0      0 127.0.0.1:3306          127.0.0.1:5000          ESTABLISHED 812/mariadbd',
    ].join('\n')
    expect(parseListing(text).map(({ host, port, pid, program }) => `${host} ${port} ${pid} ${program}`)).toEqual([
      '127.0.0.1 3306 812 mariadbd',
      '* 3307 1934 mysqld',
      '[::] 3308 null null',
      '0.0.0.0 3309 77 mysqld',
      ':: 3310 null null',
    ])
  })

  it('are told by the kernel without their process', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   112        0 1234 1',
      '   1: 0100007F:0CEA 0100007F:C350 01 00000000:00000000 00:00000000 00000000   112        0 1235 1',
    ].join('\n')
    expect(parseTables([table])).toEqual([{ host: '127.0.0.1', port: 3306, pid: null, program: null }])
  })

  it('of Unix are those that listen and are a server’s', () => {
    const table = [
      'Num       RefCount Protocol Flags    Type St Inode Path',
      '0000000000000000: 00000002 00000000 00010000 0001 01 31337 /run/mysqld/mysqld.sock',
      '0000000000000000: 00000002 00000000 00010000 0001 01 31338 /run/mysqld/mysqlx.sock',
      '0000000000000000: 00000003 00000000 00000000 0001 03 31339 /run/mysqld/old.sock',
      '0000000000000000: 00000002 00000000 00010000 0001 01 31340 /run/systemd/private',
      'ffff88003b0c7c00: 00000002 00000000 00010000 0001 01  6120 /c/my data/mysql.sock',
    ].join('\n')
    expect(parseUnixSockets(table)).toEqual(['/c/my data/mysql.sock', '/run/mysqld/mysqld.sock'])
    expect(sameRun('/var/run/mysqld/mysqld.sock')).toBe('/run/mysqld/mysqld.sock')
  })
})

it('file systems have their room, and those of the network none', () => {
  const mounts = [
    '/dev/md2 / ext3 rw,noatime 0 0',
    'proc /proc proc rw 0 0',
    '/dev/c/c /c ext3 rw,noatime 0 0',
    'nas2:/backup /c/my\\040nfs nfs rw,vers=3 0 0',
    '/dev/sdb1 /ro ext2 ro 0 0',
  ].join('\n')
  const df = [
    'Filesystem         1024-blocks      Used Available Capacity Mounted on',
    '/dev/md2               2064208    600000   1359352      31% /',
    '/dev/c/c             480000000 470000000    -10000     101% /c',
  ].join('\n')
  expect(parseFileSystems(mounts, df)).toMatchObject([
    {
      mount: '/',
      type: 'ext3',
      totalBytes: 2_113_748_992,
      availableBytes: 1_391_976_448,
      readOnly: false,
      isNetwork: false,
    },
    { mount: '/c', availableBytes: 0 },
    { mount: '/c/my nfs', source: 'nas2:/backup', isNetwork: true, totalBytes: null, availableBytes: null },
    { mount: '/ro', readOnly: true, totalBytes: null },
  ])
})

describe('the machine', () => {
  const told = {
    meminfo:
      'MemTotal:         225280 kB\nMemFree:           10240 kB\nBuffers:            4096 kB\nCached:            81920 kB\nSwapTotal:        524280 kB\nSwapFree:         500000 kB\n',
    pressure: '',
    cores: '0\n',
    architecture: 'padre\n',
    bits: '32\n',
    othersRssBytes: 120_000_000,
  }

  it('of an old kernel has what the caches give back', () => {
    expect(parseMachine(told)).toEqual({
      totalBytes: 230_686_720,
      availableBytes: (10_240 + 4096 + 81_920) * 1024,
      swapTotalBytes: 536_862_720,
      swapFreeBytes: 512_000_000,
      memoryPressure: null,
      cores: 1,
      architecture: 'padre',
      bits: 32,
      othersRssBytes: 120_000_000,
    })
  })

  it('of a new one has pressure, and cores with holes between', () => {
    const pressure =
      'some avg10=1.50 avg60=0.80 avg300=0.25 total=123\nfull avg10=0.50 avg60=0.20 avg300=0.05 total=45\n'
    expect(parseMachine({ ...told, pressure, cores: '0-3,6\n', bits: '', architecture: 'aarch64' })).toMatchObject({
      memoryPressure: { some10: 1.5, some300: 0.25, full300: 0.05 },
      cores: 5,
      bits: 64,
    })
    expect(
      parseMachine({
        ...told,
        cores: 'processor\t: 0\nBogoMIPS\t: 1\nprocessor\t: 1\n',
        bits: '',
        architecture: 'armv5tel',
      }),
    ).toMatchObject({ cores: 2, bits: 32 })
  })

  it('that tells nothing is not a machine of nothing', () => {
    expect(
      parseMachine({ meminfo: '', pressure: '', cores: '', architecture: '', bits: '', othersRssBytes: null }),
    ).toEqual({
      totalBytes: null,
      availableBytes: null,
      swapTotalBytes: null,
      swapFreeBytes: null,
      memoryPressure: null,
      cores: null,
      architecture: null,
      bits: null,
      othersRssBytes: null,
    })
  })
})
