import { z } from 'zod'
import { configFile } from '@/lib/agent/config-file'

const notReadWhys = [
  'absent',
  'denied',
  'timed-out',
  'failed',
  'no-program',
  'cut-off',
  /** No reading of this round was about it: its socket became known only now. */
  'not-asked',
] as const

/** A value, or why there is none. Never rounded to "empty". */
function told<Schema extends z.ZodType>(value: Schema) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('read'), value }),
    z.object({ state: z.literal('not-read'), why: z.enum(notReadWhys), detail: z.string() }),
  ])
}

export type WhyNotTold = (typeof notReadWhys)[number]
export type Told<T> = { state: 'read'; value: T } | { state: 'not-read'; why: WhyNotTold; detail: string }

/** Who gave a variable the value that it has. */
export const setter = z.object({
  /** `automatic` was reckoned by the server from other values; `other` is a word of the server's that is not known here. */
  how: z.enum(['file', 'command-line', 'environment', 'sql', 'persisted', 'automatic', 'other']),
  /** The option file, where the server names it (MySQL 8.0, MariaDB 10.5). */
  path: z.string().nullable(),
  /** 'root'@'localhost' and the server's own time, where it tells (MySQL 8.0). */
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** The value that is compiled in, where the server tells (MariaDB 10.1). */
  compiled: z.string().nullable(),
})

/** One schema's tables of one engine. Bytes as information_schema tells them. */
export const tableGroup = z.object({
  schema: z.string(),
  /** null for tables that cannot be opened. */
  engine: z.string().nullable(),
  tables: z.number(),
  dataBytes: z.number(),
  indexBytes: z.number(),
  freeBytes: z.number(),
})

/** One table. `rows` is an estimate for InnoDB. */
export const bigTable = z.object({
  schema: z.string(),
  name: z.string(),
  engine: z.string().nullable(),
  rowFormat: z.string().nullable(),
  rows: z.number().nullable(),
  dataBytes: z.number(),
  indexBytes: z.number(),
  freeBytes: z.number(),
})

/** One source that this server replicates from. */
export const replicaOf = z.object({
  /** Empty for the one without a name. */
  channel: z.string(),
  host: z.string(),
  port: z.number().nullable(),
  /** "Yes", "No", "Connecting", "Preparing". */
  reads: z.string(),
  applies: z.string(),
  secondsBehind: z.number().nullable(),
  error: z.string(),
})

export const connectionGroup = z.object({
  user: z.string(),
  /** Without the port; empty for the server's own threads. */
  host: z.string(),
  schema: z.string().nullable(),
  /** "Sleep", "Query", "Binlog Dump". */
  command: z.string(),
  count: z.number(),
})

/** What a running server says of itself to root on its socket. */
export const said = z.object({
  /** `SELECT VERSION()` */
  version: z.string(),
  /** CURRENT_USER(), the account that the server took us for. */
  account: z.string(),
  uptimeS: z.number().nullable(),
  variables: z.record(z.string(), z.string()),
  /** Variables that somebody set; what is not named has its compiled value. Not told before MySQL 8.0 and MariaDB 10.1. */
  setters: told(z.record(z.string(), setter)),
  /** What SET PERSIST wrote down: it holds from the next start on, over every option file. Of MySQL from 8.0 on. */
  persisted: told(z.record(z.string(), z.string())),
  /** Without counters that say nothing of the load: Ssl_*, Rsa_*, Mysqlx_*, and Com_* that are 0. */
  status: z.record(z.string(), z.string()),
  engines: z.array(z.object({ name: z.string(), support: z.string() })),
  /** Those that were loaded from a file, and those that let users in. */
  plugins: told(
    z.array(z.object({ name: z.string(), status: z.string(), type: z.string(), library: z.string().nullable() })),
  ),
  schemas: told(z.object({ count: z.number(), hasTest: z.boolean() })),
  tableCount: z.number().nullable(),
  tables: told(z.array(tableGroup)),
  /** The 200 largest outside the server's own schemas, largest first. */
  biggest: told(z.array(bigTable)),
  replicaOf: told(z.array(replicaOf)),
  /** Hosts of the account without a name. */
  anonymous: told(z.array(z.string())),
  /** Hosts that root may come from. */
  rootHosts: told(z.array(z.string())),
  /** All but our own. */
  connections: told(z.array(connectionGroup)),
})

export const serverProcess = z.object({
  pid: z.number(),
  /** As the kernel calls it: "mariadbd", "mysqld". */
  name: z.string(),
  /** mysqld_safe or its like, where that started it. */
  wrapper: z.object({ pid: z.number(), name: z.string() }).nullable(),
  uid: z.number().nullable(),
  rssBytes: z.number().nullable(),
  /** VmHWM: the most it ever had in memory. */
  peakRssBytes: z.number().nullable(),
  /**
   * Words of its command line, program first, passwords masked. Read by a shell that drops the NULs between them: a value
   * with `--` and a letter in it is taken apart.
   */
  words: z.array(z.string()),
  /** It runs in a container of this host: nothing that is read of the host's files is about it. */
  isContained: z.boolean(),
  /** Where it works: its data directory, fully resolved. */
  folder: z.string().nullable(),
  /** TCP ports that it listens on; null when that was not told. */
  listens: z.array(z.object({ host: z.string(), port: z.number() })).nullable(),
})

/** A unit of systemd as `systemctl show` tells it, the properties that matter here. */
export const unit = z.object({
  id: z.string(),
  /** All of its names: mysql.service is often another name of mariadb.service. */
  names: z.array(z.string()),
  load: z.string(),
  active: z.string(),
  /** "enabled", "disabled", "masked", "static"; empty where it was not told. */
  enabled: z.string(),
  mainPid: z.number().nullable(),
  /** As systemd writes it, passwords masked. */
  execStart: z.string(),
  fragment: z.string(),
  dropIns: z.array(z.string()),
  protectHome: z.string(),
  protectSystem: z.string(),
  privateTmp: z.string(),
  limitNoFile: z.string(),
  timeoutStart: z.string(),
  user: z.string(),
})

/** A running server, or one that answered: put together by process, socket and data directory. */
export const mysqlServer = z.object({
  /**
   * Its data directory, which no two servers share and which outlasts a restart; "pid 812" or "socket /run/mysqld.sock"
   * where that was not told.
   */
  key: z.string(),
  process: serverProcess.nullable(),
  /** How process and answer were found to be one: null where one of them is missing. */
  matchedBy: z.enum(['pid-file', 'folder', 'socket', 'port', 'alone']).nullable(),
  /** The socket by which it was reached, else what its command line says; its own word is the variable `socket`. */
  socket: z.string().nullable(),
  dataDir: z.string().nullable(),
  /** The unit that runs it; null where systemd runs none of it. */
  unit: z.string().nullable(),
  said: told(said),
})

export const dataDir = z.object({
  path: z.string(),
  type: z.enum(['file', 'link', 'directory', 'other']),
  mode: z.string(),
  owner: z.string(),
  group: z.string(),
})

/** A file that tells what a data directory belongs to. `path` is resolved. */
export const trace = z.object({
  kind: z.enum(['galera', 'replica', 'innodb']),
  path: z.string(),
})

export const fileSystem = z.object({
  mount: z.string(),
  source: z.string(),
  type: z.string(),
  isNetwork: z.boolean(),
  readOnly: z.boolean(),
  /** null for network file systems, which are not measured: asking a server that is gone hangs. */
  totalBytes: z.number().nullable(),
  availableBytes: z.number().nullable(),
})

export const machine = z.object({
  totalBytes: z.number().nullable(),
  availableBytes: z.number().nullable(),
  swapTotalBytes: z.number().nullable(),
  swapFreeBytes: z.number().nullable(),
  /** Percent of the last 10 s and 5 min in which something waited for memory; null where the kernel does not tell. */
  memoryPressure: z.object({ some10: z.number(), some300: z.number(), full300: z.number() }).nullable(),
  cores: z.number().nullable(),
  /** `uname -m` */
  architecture: z.string().nullable(),
  bits: z.union([z.literal(32), z.literal(64)]).nullable(),
  /** Resident memory of all processes but MySQL's servers, shared pages counted with each. */
  othersRssBytes: z.number().nullable(),
})

export const listeningSocket = z.object({
  /** As it was printed: "0.0.0.0", "*", "[::]", "127.0.0.1". */
  host: z.string(),
  port: z.number(),
  /** The process that holds it; null when that was not told. */
  pid: z.number().nullable(),
  program: z.string().nullable(),
})

export const mysqlPackage = z.object({
  name: z.string(),
  version: z.string(),
  /** "installed", "config-files" (removed, not purged), "half-configured" … */
  state: z.string(),
})

/** What the package manager would install where there is no server. */
export const candidate = z.object({
  /** The package that was asked for. */
  package: z.string(),
  /** The server's own package and its version, of those that would come. */
  server: z.string(),
  version: z.string(),
  /** All that would come. */
  installs: z.array(z.string()),
})

/** The distribution's release, as /etc/os-release and /etc/debian_version tell it. */
export const release = z.object({
  /** "debian", "ubuntu"; "debian" too where only /etc/debian_version is there. */
  id: z.string(),
  /** "12", "4.0" */
  version: z.string(),
  /** "bookworm"; null where it is not told. */
  codename: z.string().nullable(),
})

export const mysqlFacts = z.object({
  /** Bare names of the programs that a plan may call. */
  programs: z.array(z.string()),
  init: z.enum(['systemd', 'other']),
  /** Null where neither file is there. */
  release: release.nullable(),
  servers: z.array(mysqlServer),
  /** Why servers that run may be missing; null when all processes were seen. */
  processesNotRead: z.string().nullable(),
  /** TCP sockets that listen, on the ports of MySQL or of a server's process; null when that was not told. */
  sockets: z.array(listeningSocket).nullable(),
  /** Sockets of a name that sounds like MySQL which listen now, asked or not; null when the kernel did not tell. */
  localSockets: z.array(z.string()).nullable(),
  units: z.array(unit),
  /** "/etc/init.d/mysql" */
  initScripts: z.array(z.string()),
  packages: told(z.array(mysqlPackage)),
  /** `mysqld --version` and its like, by the program's path. */
  binaries: z.record(z.string(), z.string()),
  /** Not told where the host has no apt, or a server already. */
  candidate: told(candidate),
  /** Option files in the order in which programs of this host read them, `~` left as it is; null when that was not told. */
  optionFileOrder: z.array(z.string()).nullable(),
  /** Option files, unit drop-ins and AppArmor's profiles, by path. mysqld-auto.cnf by the path of its data directory. */
  files: z.record(z.string(), configFile),
  /** False where there were more files than one reading takes: the order of values cannot be told then. */
  hasAllFiles: z.boolean(),
  /** AppArmor's profiles of servers that the kernel knows, "mysqld" and "enforce"; null where it told none at all. */
  appArmor: z.array(z.object({ name: z.string(), mode: z.string() })).nullable(),
  dataDirs: z.array(dataDir),
  traces: z.array(trace),
  fileSystems: told(z.array(fileSystem)),
  machine,
})

export type MysqlFacts = z.infer<typeof mysqlFacts>
export type MysqlServer = z.infer<typeof mysqlServer>
export type ServerProcess = z.infer<typeof serverProcess>
export type Said = z.infer<typeof said>
export type Setter = z.infer<typeof setter>
export type MysqlUnit = z.infer<typeof unit>
export type TableGroup = z.infer<typeof tableGroup>
export type BigTable = z.infer<typeof bigTable>
export type ListeningSocket = z.infer<typeof listeningSocket>
export type FileSystem = z.infer<typeof fileSystem>
export type Machine = z.infer<typeof machine>
export type Release = z.infer<typeof release>

/** The file system that a path lies on; null when they were not read. Of mounts over one another the last counts. */
export function fileSystemOf({ fileSystems }: MysqlFacts, path: string): FileSystem | null {
  if (fileSystems.state === 'not-read') return null
  const over = fileSystems.value.filter(
    ({ mount }) => path === mount || path.startsWith(mount === '/' ? '/' : `${mount}/`),
  )
  const longest = Math.max(0, ...over.map(({ mount }) => mount.length))
  return over.findLast(({ mount }) => mount.length === longest) ?? null
}
