import { AppError } from '@/lib/errors'
import { withHost } from '@/lib/inventory/with-host'
import { failedCommand, shellQuote, sshPool } from '@/lib/ssh'

/** A server on an inventory host, and the account that it is asked about. All words are plain: no quote, no backslash. */
export interface ServerAsk {
  dialect: 'mysql' | 'postgresql'
  port: number
  database: string
  login: string
}

export interface ServerSeen {
  /** By which client root gets in, and how: MySQL alone. */
  client: 'mariadb' | 'mysql'
  admin: 'socket' | 'root-file' | 'debian-file'
  /** How many accounts of that name there are. */
  accounts: number
}

/**
 * Asks a server, as root on its own host and by reading alone, whether an account is there. Throws `conflict` with the
 * reason where no account can be made on it, and what reaching the host throws.
 */
export async function askServer(hostId: string, ask: ServerAsk): Promise<ServerSeen> {
  const text = await withHost(hostId, async (target) => {
    const script = ask.dialect === 'mysql' ? mysqlScript(ask) : postgresScript(ask)
    const privileged = target.privilege !== 'none'
    const result = await sshPool().script(target, script, { privileged, timeoutMs: 30_000 })
    if (result.exitCode !== 0) throw failedCommand(target, ['sh'], result)
    return result.stdout.toString('utf8')
  })
  return readAnswer(text, ask)
}

const words = { client: 'client ', admin: 'admin ', answer: 'answer ', none: 'no-client' } as const

function mysqlScript({ login }: ServerAsk): string {
  const question = `SELECT CONCAT_WS('/', @@port, @@global.read_only, COUNT(*), VERSION()) FROM mysql.user WHERE User = '${login}' AND Host IN ('localhost', '127.0.0.1')`
  return `export LC_ALL=C
client=$(command -v mariadb || command -v mysql) || { echo ${words.none}; exit 0; }
echo "${words.client}\${client##*/}"
try() { answer=$("$client" "$@" --protocol=SOCKET --batch --skip-column-names -e ${shellQuote(question)} 2>&1 </dev/null); }
if try; then echo '${words.admin}socket'
elif [ -r /root/.my.cnf ] && try --defaults-extra-file=/root/.my.cnf; then echo '${words.admin}root-file'
elif [ -r /etc/mysql/debian.cnf ] && try --defaults-file=/etc/mysql/debian.cnf; then echo '${words.admin}debian-file'; fi
printf '${words.answer}%s\\n' "$(printf '%s' "$answer" | tail -n 1)"
`
}

function postgresScript({ login, port, database }: ServerAsk): string {
  const question = `SELECT concat_ws('/', current_setting('port'), CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END, (SELECT count(*) FROM pg_roles WHERE rolname = '${login}'), current_setting('server_version'))`
  const client = ['psql', '-X', '-q', '-A', '-t', '-w', '-p', String(port), '-d', database, '-c', question]
  return `export LC_ALL=C
{ command -v psql && command -v runuser; } >/dev/null || { echo ${words.none}; exit 0; }
answer=$(cd / && runuser -u postgres -- ${client.map(shellQuote).join(' ')} 2>&1 </dev/null)
printf '${words.answer}%s\\n' "$(printf '%s' "$answer" | tail -n 1)"
`
}

function readAnswer(text: string, { dialect, port }: ServerAsk): ServerSeen {
  const lines = text.split('\n')
  const after = (word: string) => lines.find((line) => line.startsWith(word))?.slice(word.length)
  if (lines.includes(words.none))
    throw cannot(
      dialect === 'mysql'
        ? 'The host has neither mariadb nor mysql, by which the account would be made.'
        : 'The host has no psql or no runuser, by which the account would be made.',
    )
  const said = after(words.answer) ?? ''
  const [seenPort, isFollower, accounts, version] = said.split('/')
  if (version === undefined || !/^\d+$/.test(accounts ?? ''))
    throw cannot(`root on this host is no administrator of the database server there. It says: ${said.slice(0, 200)}`)
  if (Number(seenPort) !== port)
    throw cannot(`The server that root reaches on this host listens on port ${seenPort}, not ${port}.`)
  // MariaDB prints a switch by its word.
  if (isFollower !== '0' && isFollower !== 'OFF')
    throw cannot('This server follows another one and takes no writes: make the account on the server that it follows.')
  if (dialect === 'mysql' && isTooOld(version))
    throw cannot(`MySQL ${version} is older than this change knows (MySQL 5.7.8, MariaDB 10.1.3).`)
  return {
    client: after(words.client) === 'mariadb' ? 'mariadb' : 'mysql',
    admin: adminOf(after(words.admin)),
    accounts: Number(accounts),
  }
}

// DROP USER IF EXISTS came with these.
function isTooOld(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number)
  const number = major * 10_000 + minor * 100 + patch
  return number < (/mariadb/i.test(version) ? 100_103 : 50_708)
}

function adminOf(word: string | undefined): ServerSeen['admin'] {
  return word === 'root-file' || word === 'debian-file' ? word : 'socket'
}

function cannot(sentence: string): AppError {
  return new AppError('conflict', `an account can not be made by a change: ${sentence}`, {
    userMessage: `${sentence} Make the account by hand, with the statements shown.`,
  })
}
