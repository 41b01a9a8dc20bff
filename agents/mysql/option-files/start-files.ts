import type { ServerGroups } from './groups'

/** Where a server begins to read, as its own binary says. */
export interface Help {
  /** In the order of reading; `~` stands for the home of the account that starts the server. */
  startFiles: readonly string[]
  groups: ServerGroups
}

/**
 * Reads the top of `mysqld --verbose --help`: the files that are read, in their order, and the groups. Null where it
 * says neither. With `--defaults-file` and the like the server names those files there.
 */
export function parseHelp(text: string): Help | null {
  const files = /^Default options are read from the following files in the given order:\r?\n(.*)/m.exec(text)?.[1]
  const groups = /^The following groups are read: *(.*)/m.exec(text)?.[1]
  if (files === undefined || groups === undefined) return null
  const words = (line: string) => line.split(/\s+/).filter((word) => word !== '')
  return { startFiles: words(files), groups: { read: words(groups).map((group) => group.toLowerCase()), perhaps: [] } }
}

/**
 * The files to begin with when no binary was asked: what Debian's and MariaDB's packages have built in. Those that are
 * not there are passed over.
 */
export const usualStartFiles: readonly string[] = ['/etc/my.cnf', '/etc/mysql/my.cnf', '~/.my.cnf']
