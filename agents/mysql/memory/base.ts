import { hasCome } from '../variables/moving'
import type { Flavour, ServerVersion } from '../version'

const mega = 2 ** 20

/**
 * What a server takes before any of its variables: code that was touched, dictionary, threads, what malloc holds back. Measured as
 * VmHWM with everything else at its least, and rounded up, on MariaDB 10.5.23 (46 MB), 10.11.19 (55 MB), 11.8.9 (72 MB) and MySQL
 * 9.7.4 (209 MB) of Debian on amd64; what stands for other versions is read across from these.
 */
const bases: Readonly<Record<Flavour, readonly (readonly [since: string, bytes: number])[]>> = {
  mariadb: [
    ['', 48 * mega],
    ['10.2', 56 * mega],
    ['11.0', 80 * mega],
  ],
  mysql: [
    ['', 24 * mega],
    ['5.1', 32 * mega],
    ['5.5', 56 * mega],
    ['5.6', 80 * mega],
    ['5.7', 120 * mega],
    ['8.0', 204 * mega],
    ['8.4', 208 * mega],
  ],
}

/** The bytes of the server itself. */
export function baseOf(version: ServerVersion): number {
  return bases[version.flavour].findLast(([since]) => hasCome(version, since))?.[1] ?? 0
}
