/**
 * A command as its words: program first. A tuple, so a shell line (a string) is not one.
 * `lib/ssh/quote.ts` is the only place that makes a shell word of each.
 */
export type Argv = readonly [program: string, ...words: string[]]

/** The programs a reading may run: each only reads when called with words that `isReadingArgv` lets through. */
export const readingPrograms = [
  'cat',
  'df',
  'dpkg-query',
  'apt-get',
  'date',
  'firewall-cmd',
  'getconf',
  'hostname',
  'id',
  'ifconfig',
  'ip',
  'ipsec',
  'iptables',
  'iptables-legacy-save',
  'iptables-save',
  'journalctl',
  'ls',
  'lsblk',
  'mariadb',
  'mariadbd',
  'modinfo',
  'my_print_defaults',
  'mysql',
  'mysqld',
  'netstat',
  'nft',
  'openssl',
  'ping',
  'postconf',
  'postmulti',
  'postqueue',
  'readlink',
  'rpm',
  'service',
  'ss',
  'stat',
  'swanctl',
  'systemctl',
  'systemd-detect-virt',
  'timedatectl',
  'tuned-adm',
  'udevadm',
  'uname',
  'uptime',
] as const

export type ReadingProgram = (typeof readingPrograms)[number]

/** A command that only reads. The type closes the programs, `isReadingArgv` closes their words. */
export type ReadingArgv = readonly [program: ReadingProgram, ...words: string[]]
