import { type Argv, isReadingArgv, type Probe, type Reading } from '@/lib/agent'
import { CLIENTS, doorsOf } from '../account/place'
import type { MysqlFacts } from './facts'
import { parseFacts } from './parse-facts'
import { questionArgv } from './question'
import { hostReadings } from './questions-of-host'
import { withoutSecrets } from './without-secrets'

/** Where servers put their socket: Debian, Red Hat, SUSE, the source's own, and further instances by custom. */
export const KNOWN_SOCKETS = [
  '/var/run/mysqld/mysqld.sock',
  '/var/lib/mysql/mysql.sock',
  '/var/run/mysql/mysql.sock',
  '/tmp/mysql.sock',
  '/var/run/mysqld/mysqld1.sock',
  '/var/run/mysqld/mysqld2.sock',
] as const

/** Everything the agent asks of a host, of the sockets that servers commonly have. */
export const mysqlProbe = mysqlProbeAt(KNOWN_SOCKETS)

/**
 * The probe with these sockets (absolute paths): for a server whose socket another reading brought to light, a second
 * reading asks it there. Programs that the contract's rules let no reading run are left out, and what they would have told
 * is "not asked".
 */
export function mysqlProbeAt(sockets: readonly string[]): Probe<'mysql', MysqlFacts> {
  const asked = new Map(sockets.map((socket) => [socket, `said ${socket}`]))
  const readings: Record<string, Reading> = {
    ...hostReadings,
    ...commands('optionFileOrder', [['my_print_defaults', '--help']]),
    ...commands('mariadbdVersion', [['mariadbd', '--no-defaults', '--version']]),
    ...commands('mysqldVersion', [['mysqld', '--no-defaults', '--version']]),
  }
  for (const [socket, name] of asked) {
    const ladder = doorsOf(socket).flatMap((file) => CLIENTS.map((program) => questionArgv(program, socket, file)))
    Object.assign(readings, commands(name, ladder, 1_048_576))
  }
  return {
    id: 'mysql',
    timeoutS: 60,
    onlyWhereChanged: true,
    readings,
    parse: (raw) => parseFacts(raw, asked),
    keep: withoutSecrets,
  }
}

/** A ladder of the commands that only read by the contract's rules; none where that is none of them. */
function commands(name: string, ladder: readonly Argv[], maxBytes = 65_536): Record<string, Reading> {
  const of = ladder.filter(isReadingArgv).map((argv) => ({ kind: 'command', argv, timeoutS: 20, maxBytes }) as const)
  return of.length > 0 ? { [name]: { kind: 'first-of', of } } : {}
}
