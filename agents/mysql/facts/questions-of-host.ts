import type { Reading } from '@/lib/agent'
import { ACCOUNT_FOLDER } from '../account/place'
import { UNIT_PROPERTIES } from './parse-units'

/** Packages that bring a server, in the order in which they are asked for. */
export const CANDIDATES = ['mariadb-server', 'default-mysql-server', 'mysql-server'] as const

const simulation = ['-s', '-o', 'Debug::NoLocking=1', '-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache=']

const names = ['mariadb', 'mysql', 'mysqld'] as const

/** Where packages put a server's unit. It goes with the package, which an init script or a folder does not. */
export const PACKAGE_UNITS = names.map((name) => `/lib/systemd/system/${name}.service`)

/** What is asked of every host, whether a server runs there or not. */
export const hostReadings = {
  programs: {
    kind: 'programs',
    names: [
      ...['mariadb', 'mysql', 'mariadbd', 'mysqld', 'mysqld_safe', 'mariadbd-safe', 'mysqladmin', 'mariadb-admin'],
      ...['my_print_defaults', 'mysql_install_db', 'mariadb-install-db', 'mysqldump', 'mariadb-dump', 'mysqlcheck'],
      ...['systemctl', 'service', 'invoke-rc.d', 'apt-get', 'dpkg', 'rpm', 'apparmor_parser', 'runuser'],
    ],
  },
  processes: { kind: 'files', globs: ['/proc/[0-9]*/status', '/proc/[0-9]*/cmdline'] },
  folders: { kind: 'links', globs: ['/proc/[0-9]*/cwd'] },
  system: { kind: 'files', globs: ['/proc/1/comm', '/proc/meminfo', '/proc/pressure/memory'] },
  release: { kind: 'files', globs: ['/etc/os-release', '/etc/debian_version'] },
  pidFiles: {
    kind: 'files',
    globs: [
      '/var/run/mysqld/*.pid',
      '/var/run/mariadb/*.pid',
      '/var/run/mysql/*.pid',
      '/var/run/m*.pid',
      '/var/lib/mysql/*.pid',
    ],
  },
  sockets: {
    kind: 'first-of',
    of: [
      { kind: 'command', argv: ['ss', '-ltnp'] },
      { kind: 'command', argv: ['netstat', '-ltnp'] },
    ],
  },
  tcp4: { kind: 'file', path: '/proc/net/tcp', maxBytes: 262_144 },
  tcp6: { kind: 'file', path: '/proc/net/tcp6', maxBytes: 262_144 },
  unix: { kind: 'file', path: '/proc/net/unix', maxBytes: 524_288 },
  units: {
    kind: 'command',
    argv: [
      ...(['systemctl', 'show', '-p', UNIT_PROPERTIES] as const),
      ...names.map((name) => `${name}.service`),
      ...names.map((name) => `${name}@*`),
    ],
  },
  initScripts: {
    kind: 'files',
    globs: ['/etc/init.d/mariadb', '/etc/init.d/mysql', '/etc/init.d/mysqld', '/etc/init.d/mysql.server'],
  },
  packages: {
    kind: 'first-of',
    of: [
      {
        kind: 'command',
        argv: [
          // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own names.
          ...(['dpkg-query', '-W', '-f', '${Status} ${Package} ${Version}\n'] as const),
          ...['mariadb-server*', 'mariadb-client*', 'mariadb-galera-server*', 'mysql-server*', 'mysql-client*'],
          ...['mysql-community-*', 'percona-server*', 'percona-xtradb-cluster*', 'default-mysql-server*', 'galera-*'],
        ],
      },
      {
        kind: 'command',
        argv: [
          ...(['rpm', '-qa', '--qf', 'installed %{NAME} %{VERSION}-%{RELEASE}\n'] as const),
          ...['mariadb*', 'MariaDB*', 'mysql*', 'percona-server*', 'Percona-Server*', 'galera*'],
        ],
      },
    ],
  },
  // apt takes seconds of an old processor: it is asked only where no package of a server is there.
  candidate: {
    kind: 'first-of',
    of: [
      ...PACKAGE_UNITS.map((path) => ({ kind: 'file' as const, path, maxBytes: 4096 })),
      ...CANDIDATES.map((name) => ({
        kind: 'command' as const,
        argv: ['apt-get', ...simulation, 'install', name] as const,
        timeoutS: 12,
      })),
    ],
  },
  // Passwords may stand in them: what is kept of them is masked. The home of root is no place for a reading.
  files: {
    kind: 'documents',
    globs: [
      '/etc/my.cnf',
      '/etc/my.cnf.d/*.cnf',
      '/etc/mysql/my.cnf',
      '/etc/mysql/mariadb.cnf',
      '/etc/mysql/mysql.cnf',
      '/etc/mysql/conf.d/*.cnf',
      '/etc/mysql/mariadb.conf.d/*.cnf',
      '/etc/mysql/mysql.conf.d/*.cnf',
      '/etc/mysql/percona-server.conf.d/*.cnf',
      '/usr/etc/my.cnf',
      '/usr/etc/my.cnf.d/*.cnf',
      '/usr/local/etc/my.cnf',
      '/usr/local/mysql/etc/my.cnf',
      ...names.map((name) => `/etc/systemd/system/${name}*.service.d/*.conf`),
      '/etc/apparmor.d/usr.sbin.mysqld',
      '/etc/apparmor.d/usr.sbin.mariadbd',
      '/etc/apparmor.d/mariadbd',
      '/etc/apparmor.d/local/usr.sbin.mysqld',
      '/etc/apparmor.d/local/usr.sbin.mariadbd',
      '/etc/apparmor.d/local/mariadbd',
    ],
  },
  accountFiles: { kind: 'documents', globs: [`${ACCOUNT_FOLDER}/*.cnf`] },
  // Through the folder in which a server works, wherever that is.
  dataFiles: {
    kind: 'documents',
    globs: ['/var/lib/mysql/mysqld-auto.cnf', '/proc/[0-9]*/cwd/mysqld-auto.cnf'],
  },
  dataDirs: {
    kind: 'documents',
    globs: ['/var/lib/mysql', '/var/lib/mariadb', '/c/mysql', '/proc/[0-9]*/cwd/mysql/..'],
  },
  // Their names alone: in master.info stands a password.
  traces: {
    kind: 'each',
    globs: ['grastate.dat', 'gvwstate.dat', 'master.info', 'master-*.info', 'ibdata1'].flatMap((name) => [
      `/var/lib/mysql/${name}`,
      `/proc/[0-9]*/cwd/${name}`,
    ]),
    argv: ['readlink', '-f'],
  },
  appArmor: { kind: 'file', path: '/sys/kernel/security/apparmor/profiles', maxBytes: 131_072 },
  mounts: { kind: 'file', path: '/proc/mounts', maxBytes: 262_144 },
  df: {
    kind: 'first-of',
    of: [
      { kind: 'command', argv: ['df', '-P', '-k', '-l'], timeoutS: 5 },
      { kind: 'command', argv: ['df', '-P', '-k'], timeoutS: 5 },
    ],
  },
  cores: {
    kind: 'first-of',
    of: [
      { kind: 'file', path: '/sys/devices/system/cpu/online' },
      { kind: 'file', path: '/proc/cpuinfo' },
    ],
  },
  architecture: { kind: 'command', argv: ['uname', '-m'] },
  bits: { kind: 'command', argv: ['getconf', 'LONG_BIT'] },
} as const satisfies Readonly<Record<string, Reading>>
