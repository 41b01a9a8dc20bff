import type { ReadingArgv } from '@/lib/agent'

export type ClientProgram = 'mariadb' | 'mysql'

/** The client's words; statements come behind `-e` or on standard input. */
export type ServerClient = readonly [ClientProgram, ...string[]]

/**
 * The client as root of a server's socket, or by the account that Pollux's own option file names (absolute path). No other
 * option file is read, so that none changes where it goes or what it prints; the word that says so must be the first.
 */
export function clientWords<Program extends ClientProgram>(
  program: Program,
  socket: string,
  accountFile: string | null,
): readonly [Program, ...string[]] {
  const door = accountFile === null ? ['--no-defaults', '--user=root'] : [`--defaults-file=${accountFile}`]
  return [program, ...door, '--protocol=SOCKET', `--socket=${socket}`, '--connect-timeout=5', '--batch']
}

/** The client for statements on standard input, or behind `-e`: rows without their columns' names. */
export function serverClient(program: ClientProgram, socket: string, accountFile: string | null): ServerClient {
  return [...clientWords(program, socket, accountFile), '--skip-column-names']
}

/** The same as root, for a server that lets root of its socket in. */
export function rootClient(program: ClientProgram, socket: string): ServerClient {
  return serverClient(program, socket, null)
}

/** A question to the server as a check may run it. */
export function questionOf(client: ServerClient, question: string): ReadingArgv {
  return [...client, '-e', question]
}

/**
 * A value as a statement takes it: a number or a word of the server's bare, anything else in quotes. Backslashes are
 * doubled: NO_BACKSLASH_ESCAPES is off in the sessions that Pollux opens.
 */
export function sqlValue(value: string): string {
  if (/^-?\d+(\.\d+)?$/.test(value) || /^(ON|OFF|DEFAULT)$/.test(value)) return value
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
