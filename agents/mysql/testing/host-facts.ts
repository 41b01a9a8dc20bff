import type { ConfigFile } from '@/lib/agent/config-file'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import { loadSaid } from '../facts/load-fixtures'
import type { Said } from '../facts/said-facts'

/** A file of root that everybody may read. */
export const plainFile = (bytes: string): ConfigFile => ({
  state: 'there',
  type: 'file',
  mode: '0644',
  owner: 'root',
  group: 'root',
  bytes,
})

/** A Debian 12 host with one MariaDB as its package leaves it, for tests; `said` and `more` change it. */
export function hostFacts(said: Partial<Said> = {}, more: Partial<MysqlFacts> = {}): MysqlFacts {
  const own = loadSaid('mariadb-10.11')
  const server: MysqlServer = {
    key: '/var/lib/mysql',
    process: {
      pid: 812,
      name: 'mariadbd',
      wrapper: null,
      uid: 107,
      rssBytes: 100 * 2 ** 20,
      peakRssBytes: 110 * 2 ** 20,
      words: ['/usr/sbin/mariadbd'],
      isContained: false,
      folder: '/var/lib/mysql',
      listens: [{ host: '127.0.0.1', port: 3306 }],
    },
    matchedBy: 'folder',
    socket: '/run/mysqld/mysqld.sock',
    dataDir: '/var/lib/mysql',
    unit: 'mariadb.service',
    said: { state: 'read', value: { ...own, version: '10.11.14-MariaDB-0+deb12u2', ...said } },
  }
  return {
    programs: ['apt-get', 'mariadb', 'mariadbd', 'mysql', 'runuser', 'systemctl'],
    init: 'systemd',
    release: null,
    servers: [server],
    processesNotRead: null,
    sockets: [],
    localSockets: [],
    units: [
      {
        ...{ id: 'mariadb.service', names: ['mariadb.service'], load: 'loaded', active: 'active', enabled: 'enabled' },
        ...{ mainPid: 812, execStart: '/usr/sbin/mariadbd $MYSQLD_OPTS', fragment: '', dropIns: [] },
        ...{ protectHome: 'yes', protectSystem: 'full', privateTmp: 'no', limitNoFile: '32768' },
        ...{ timeoutStart: '15min', user: 'mysql' },
      },
    ],
    initScripts: [],
    packages: { state: 'read', value: [] },
    binaries: { mariadbd: 'mariadbd  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64 (Debian 12)' },
    candidate: { state: 'not-read', why: 'absent', detail: 'there is a server' },
    optionFileOrder: ['/etc/my.cnf', '/etc/mysql/my.cnf', '~/.my.cnf'],
    files: {
      '/etc/mysql/my.cnf': plainFile(
        '[client-server]\n!includedir /etc/mysql/conf.d/\n!includedir /etc/mysql/mariadb.conf.d/\n',
      ),
      '/etc/mysql/mariadb.conf.d/50-server.cnf': plainFile(
        '[mysqld]\nbind-address = 127.0.0.1\nmax_connections = 100\n',
      ),
    },
    hasAllFiles: true,
    appArmor: null,
    dataDirs: [],
    traces: [],
    fileSystems: { state: 'read', value: [] },
    machine: {
      ...{ totalBytes: 2 ** 30, availableBytes: 2 ** 29, swapTotalBytes: 0, swapFreeBytes: 0, memoryPressure: null },
      ...{ cores: 1, architecture: 'x86_64', bits: 64, othersRssBytes: 2 ** 27 },
    },
    ...more,
  }
}
