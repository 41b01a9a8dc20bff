import { hostExec } from '@/e2e/lab/lab'

export type LabDatabase = 'mariadb' | 'postgresql' | 'sqlite'

/** The lab's Bacula hosts and what holds their catalogs. */
export const baculaHosts: Readonly<Record<string, LabDatabase>> = {
  willow: 'mariadb',
  poplar: 'postgresql',
  aspen: 'sqlite',
}

const folder = '/root/scratch'

/** A director of the host's own version on an empty catalog of the host's own schema, beside the real one. */
export interface ScratchDirector {
  /** Runs statements in the scratch catalog. */
  fill(sql: string): Promise<void>
  /** Rows of a question, a line each, columns parted by tabs. */
  ask(sql: string): Promise<string[][]>
  /** What the director says to these commands. */
  tell(commands: readonly string[], seconds: number): Promise<string>
  stop(): Promise<void>
}

/** Starts it, in a time zone. Whoever starts one stops it. */
export async function startScratchDirector(name: string, zone: string): Promise<ScratchDirector> {
  const database = baculaHosts[name]
  if (!database) throw new Error(`expected a host with Bacula, got ${name}`)
  const shell = async (script: string, input = '', seconds = 120): Promise<string> => {
    const { code, stdout, stderr } = await hostExec(name, ['sh', '-ec', script], { input, seconds })
    if (code !== 0) throw new Error(`expected the script on ${name} to end well, got ${code}: ${stderr}${stdout}`)
    return stdout
  }
  await shell(
    `${stopScript(database)}
mkdir -p ${folder}/w
cat > ${folder}/dir.conf
printf '%s\\n' 'Director { Name = scratch-dir; DIRport = 29101; Address = 127.0.0.1; Password = "x" }' > ${folder}/console.conf
${makeScripts[database]}
systemd-run --quiet --unit=scratch-director --setenv=TZ=${zone} "$(command -v bacula-dir)" -f -c ${folder}/dir.conf
for try in $(seq 100); do [ -z "$(ss -Hltn 'sport = :29101')" ] || exit 0; sleep 0.1; done
echo 'the scratch director does not answer' >&2; exit 1`,
    directorConf(database),
  )
  return {
    fill: async (sql) => void (await shell(client(database), sql)),
    ask: async (sql) =>
      (await shell(client(database), sql))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\t')),
    tell: (commands, seconds) => shell(tellScript(seconds), [...commands, 'quit', ''].join('\n'), seconds + 10),
    stop: async () => void (await shell(stopScript(database))),
  }
}

function tellScript(seconds: number): string {
  return `timeout ${seconds} bconsole -n -c ${folder}/console.conf`
}

function client(database: LabDatabase): string {
  return {
    mariadb: 'mariadb -NB scratch',
    postgresql: `runuser -u postgres -- psql -qAtX -v ON_ERROR_STOP=1 -F "$(printf '\\t')" scratch`,
    sqlite: `sqlite3 -tabs ${folder}/w/scratch.db`,
  }[database]
}

const makeScripts: Readonly<Record<LabDatabase, string>> = {
  mariadb: `mariadb -e "CREATE DATABASE scratch; GRANT ALL ON scratch.* TO bacula@localhost"
mariadb-dump --no-data bacula | mariadb scratch
mariadb -e "INSERT INTO scratch.Version SELECT * FROM bacula.Version"`,
  postgresql: `cd /
runuser -u postgres -- createdb -O bacula -E SQL_ASCII --lc-collate=C --lc-ctype=C -T template0 scratch
{ runuser -u postgres -- pg_dump -s bacula; runuser -u postgres -- pg_dump -a -t version bacula; } | runuser -u postgres -- psql -qX -v ON_ERROR_STOP=1 scratch >/dev/null`,
  sqlite: `sqlite3 -readonly /var/lib/bacula/bacula.db .schema | grep -v sqlite_sequence | sqlite3 ${folder}/w/scratch.db
sqlite3 ${folder}/w/scratch.db "INSERT INTO Version VALUES ($(sqlite3 -readonly /var/lib/bacula/bacula.db 'SELECT VersionId FROM Version'))"`,
}

function stopScript(database: LabDatabase): string {
  const drop = {
    mariadb: 'mariadb -e "DROP DATABASE IF EXISTS scratch"',
    postgresql: 'cd /; runuser -u postgres -- dropdb --if-exists --force scratch 2>/dev/null',
    sqlite: ':',
  }[database]
  return `systemctl kill -s KILL scratch-director 2>/dev/null || :
systemctl stop scratch-director 2>/dev/null || :
systemctl reset-failed scratch-director 2>/dev/null || :
${drop}
rm -rf ${folder}`
}

function directorConf(database: LabDatabase): string {
  const catalog =
    database === 'sqlite'
      ? 'dbname = scratch; dbuser = ""; dbpassword = ""'
      : 'dbname = scratch; DB Address = "127.0.0.1"; dbuser = "bacula"; dbpassword = "lab-catalog"'
  return `Director { Name = scratch-dir; DIRport = 29101; DirAddress = 127.0.0.1
  QueryFile = "/etc/bacula/scripts/query.sql"; WorkingDirectory = "${folder}/w"; PidDirectory = "${folder}/w"
  Password = "x"; Messages = Daemon }
Job { Name = J1; Type = Backup; Level = Full; Client = c-fd; FileSet = fs; Storage = File; Messages = Daemon; Pool = Default }
FileSet { Name = fs; Include { Options { signature = MD5 }
  File = /nowhere } }
Client { Name = c-fd; Address = 127.0.0.1; FDPort = 29102; Catalog = MyCatalog; Password = "x"; AutoPrune = no }
Storage { Name = File; Address = 127.0.0.1; SDPort = 29103; Password = "x"; Device = FileStorage; Media Type = File }
Catalog { Name = MyCatalog; ${catalog} }
Messages { Name = Daemon; append = "${folder}/w/log" = all }
Pool { Name = Default; Pool Type = Backup; Recycle = yes; AutoPrune = yes; Volume Retention = 30 days }
`
}
