import { sameRun } from '../facts/parse-sockets'

/**
 * Where the option files with its passwords lie: beside Pollux's other state on a host, which is root's alone and outlasts a
 * reboot. No server and no client reads that folder by itself, as they do with those below /etc/mysql.
 */
export const ACCOUNT_FOLDER = '/var/lib/pollux/mysql'

/** The option file for the server behind a socket. Two paths of one socket, by /run and /var/run, have one file. */
export function accountFileFor(socket: string): string {
  const name = sameRun(socket)
    .slice(1)
    .replace(/[^A-Za-z0-9./]/gu, (sign) => `_${Buffer.from(sign).toString('hex')}`)
    .replaceAll('/', '-')
  return `${ACCOUNT_FOLDER}/${name}.cnf`
}

/** The clients that are tried, in their order; on most hosts one of them is there. */
export const CLIENTS = ['mariadb', 'mysql'] as const

/**
 * The ways to a server, in the order in which they are tried: as root, and where that is refused by Pollux's own account.
 * Where there is no such file, the client asks nobody.
 */
export function doorsOf(socket: string): (string | null)[] {
  return [null, accountFileFor(socket)]
}

/** Pollux's option file, where the server was asked by it on this branch of the ladder of doors and clients; else null. */
export function doorOfBranch(socket: string, branch: number): string | null {
  return doorsOf(socket)[Math.floor(branch / CLIENTS.length)] ?? null
}
