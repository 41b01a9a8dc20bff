import type { Release } from '../facts/host-facts'

/** A release of Debian's whose packages lie in the archive of old releases, and the server that came with it. */
export interface OldRelease {
  name: string
  package: string
  /** As a person would call it. */
  server: string
}

/** By the release's major number. Source: the package lists of each release. */
const OLD: Readonly<Record<string, OldRelease>> = {
  3: { name: 'sarge', package: 'mysql-server-4.1', server: 'MySQL 4.1' },
  4: { name: 'etch', package: 'mysql-server-5.0', server: 'MySQL 5.0' },
  5: { name: 'lenny', package: 'mysql-server-5.0', server: 'MySQL 5.0' },
  6: { name: 'squeeze', package: 'mysql-server-5.1', server: 'MySQL 5.1' },
  7: { name: 'wheezy', package: 'mysql-server-5.5', server: 'MySQL 5.5' },
  8: { name: 'jessie', package: 'mariadb-server-10.0', server: 'MariaDB 10.0' },
  9: { name: 'stretch', package: 'mariadb-server-10.1', server: 'MariaDB 10.1' },
  10: { name: 'buster', package: 'mariadb-server-10.3', server: 'MariaDB 10.3' },
}

/** The old release that a host has; null for one that still gets packages, or that is not Debian's. */
export function oldReleaseOf(release: Release | null): OldRelease | null {
  if (release?.id !== 'debian') return null
  return OLD[release.version.split('.')[0] ?? ''] ?? null
}

/**
 * What a person could run by hand on a host of such a release: a text to read, which Pollux never runs. It takes the
 * archive's address as its word, since none is named here.
 */
export function scriptToRead({ name, package: wanted, server }: OldRelease): string {
  return `#!/bin/sh
# ${server} for Debian's old release "${name}". Read it before you run it; Pollux does not.
#
# What it takes:
#  - The address of the archive of Debian's old releases, as the first word: the usual sources have dropped "${name}".
#  - That the archive has packages for this machine: compare "dpkg --print-architecture" with its list.
#  - Your trust: the key of "${name}" has expired, so apt cannot tell whether a package is the one that Debian made.
#    Nobody mends holes in these packages any more: keep the server on 127.0.0.1.
set -eu
archive=\${1:?Give the address of the archive of old releases.}
list=/etc/apt/sources.list.d/old-release.list

echo "deb $archive/debian ${name} main" >"$list"
apt-get -o Acquire::Check-Valid-Until=false update

# Shows what would come, and changes nothing. Go on only if nothing is removed.
apt-get -s --no-install-recommends install ${wanted}
printf 'Install these? Write yes: '
read -r answer
[ "$answer" = yes ] || { rm -f "$list"; exit 1; }
apt-get --no-install-recommends --no-remove --allow-unauthenticated install ${wanted}
grep -rn '^bind-address' /etc/mysql || echo 'No option file has bind-address: add "bind-address = 127.0.0.1" below [mysqld].'

# To go back: stop and purge ${wanted}, remove $list, and run apt-get update.
`
}
