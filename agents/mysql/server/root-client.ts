import type { ReadingArgv } from '@/lib/agent'

export type ClientProgram = 'mariadb' | 'mysql'

/** The client's words; statements come behind `-e` or on standard input. */
export type RootClient = readonly [ClientProgram, ...string[]]

/**
 * The client as root of a server's socket, without any option file, so that none changes where it goes or what it prints.
 * It takes statements on standard input, or behind `-e`.
 */
export function rootClient(program: ClientProgram, socket: string): RootClient {
  return [
    program,
    '--no-defaults',
    '--user=root',
    '--protocol=SOCKET',
    `--socket=${socket}`,
    '--connect-timeout=5',
    '--batch',
    '--skip-column-names',
  ]
}

/** A question to the server as a check may run it. */
export function questionOf(client: RootClient, question: string): ReadingArgv {
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
