/** MariaDB went its own way with variables and limits; Percona's server knows what MySQL of the same version knows. */
export type Flavour = 'mysql' | 'mariadb'

/** What a server, its binary or its package says of its version. */
export interface ServerVersion {
  flavour: Flavour
  /** 10.11.14 is [10, 11, 14]. */
  numbers: readonly [major: number, minor: number, patch: number]
  /** As it was said. */
  text: string
}

/**
 * Reads what `VERSION()`, `mysqld --version` ("Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu") or a log line
 * gives. Null where there is no version in it. MariaDB puts "5.5.5-" in front of its own version for old clients (MariaDB
 * manual, "Replication prefix").
 */
export function parseServerVersion(text: string): ServerVersion | null {
  const found = /(?:\b5\.5\.5-)?\b(\d+)\.(\d+)\.(\d+)[\w.+~:-]*/.exec(text)
  if (!found) return null
  const [said, major, minor, patch] = found
  return {
    flavour: /mariadb/i.test(text) ? 'mariadb' : 'mysql',
    numbers: [Number(major), Number(minor), Number(patch)],
    text: said,
  }
}

/** Whether a server is at least of this version: `isAtLeast(version, 10, 2, 2)`. */
export function isAtLeast(version: ServerVersion, major: number, minor = 0, patch = 0): boolean {
  return compareNumbers(version.numbers, [major, minor, patch]) >= 0
}

/** Less than, equal to or more than 0, as the first version is older, the same or newer. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const at = [0, 1, 2].find((place) => (a[place] ?? 0) !== (b[place] ?? 0))
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
