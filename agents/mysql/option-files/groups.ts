import { isAtLeast, type ServerVersion } from '../version'

/** The groups of option files that a server reads, without brackets, in lower case. */
export interface ServerGroups {
  /** Read for certain. */
  read: readonly string[]
  /** Read by some builds of this version, or by some versions near it. */
  perhaps: readonly string[]
}

/** What reads a group. `instances`: mysqld_multi's own servers, `[mysqldN]`. */
export type GroupReader = 'server' | 'perhaps-server' | 'mysqld_safe' | 'mysqld_multi' | 'instances' | 'other'

/**
 * The groups of a server of this version, when its own binary was not asked (`parseHelp` in start-files.ts). Seen with
 * MariaDB 10.5, 10.11 and 11.8; the others from load_default_groups in their sql/mysqld.cc and from the manuals.
 * @param suffix of `--defaults-group-suffix` or MYSQL_GROUP_SUFFIX: each group is read with it as well
 */
export function serverGroups(version: ServerVersion, suffix = ''): ServerGroups {
  const { read, perhaps } = version.flavour === 'mariadb' ? ofMariadb(version) : ofMysql(version)
  const both = (groups: readonly string[]) =>
    suffix === '' ? groups : [...groups, ...groups.map((group) => `${group}${suffix.toLowerCase()}`)]
  return { read: both(read), perhaps: both(perhaps) }
}

/** What reads this group; names of groups are the same in any case. */
export function readerOf(group: string, groups: ServerGroups): GroupReader {
  const name = group.toLowerCase()
  if (groups.read.includes(name)) return 'server'
  if (groups.perhaps.includes(name)) return 'perhaps-server'
  if (['mysqld_safe', 'safe_mysqld', 'mariadb_safe', 'mariadbd-safe'].includes(name)) return 'mysqld_safe'
  if (name === 'mysqld_multi') return 'mysqld_multi'
  return /^(?:mysqld|mariadbd)\d+$/.test(name) ? 'instances' : 'other'
}

function ofMysql(version: ServerVersion): ServerGroups {
  const series = isAtLeast(version, 4, 0, 14) ? [`mysqld-${seriesOf(version)}`] : []
  return { read: ['mysqld', 'server', ...series], perhaps: ['mysql_cluster'] }
}

function ofMariadb(version: ServerVersion): ServerGroups {
  const series = seriesOf(version)
  const [major] = version.numbers
  const groups: readonly (readonly [names: readonly string[], isRead: boolean, isPossible: boolean])[] = [
    [['mysqld', 'server', `mysqld-${series}`, 'mariadb', `mariadb-${series}`], true, true],
    [['mariadbd', `mariadbd-${series}`], isAtLeast(version, 10, 4, 6), isAtLeast(version, 10, 4)],
    // 11.8 has them, 10.11 has not.
    [[`mariadb-${major}`, `mariadbd-${major}`], isAtLeast(version, 11, 8), isAtLeast(version, 11)],
    [['client-server'], isAtLeast(version, 5, 5), true],
    // Builds with Galera; before 10.1 those were a server of their own.
    [['galera'], isAtLeast(version, 10, 1), isAtLeast(version, 5, 5)],
  ]
  return {
    read: groups.flatMap(([names, isRead]) => (isRead ? names : [])),
    perhaps: groups.flatMap(([names, isRead, isPossible]) => (!isRead && isPossible ? names : [])),
  }
}

/** "10.11" of 10.11.14. */
function seriesOf({ numbers: [major, minor] }: ServerVersion): string {
  return `${major}.${minor}`
}
