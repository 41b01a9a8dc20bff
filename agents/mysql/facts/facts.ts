import { z } from 'zod'
import { configFile } from '@/lib/agent/config-file'
import {
  candidate,
  dataDir,
  type FileSystem,
  fileSystem,
  listeningSocket,
  machine,
  mysqlPackage,
  release,
  trace,
  unit,
} from './host-facts'
import { said } from './said-facts'
import { told } from './told'

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
  /**
   * Pollux's own option files, by path, their passwords masked. Left out in facts from before there were such.
   */
  accountFiles: z.record(z.string(), configFile).optional(),
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

/** The file system that a path lies on; null when they were not read. Of mounts over one another the last counts. */
export function fileSystemOf({ fileSystems }: MysqlFacts, path: string): FileSystem | null {
  if (fileSystems.state === 'not-read') return null
  const over = fileSystems.value.filter(
    ({ mount }) => path === mount || path.startsWith(mount === '/' ? '/' : `${mount}/`),
  )
  const longest = Math.max(0, ...over.map(({ mount }) => mount.length))
  return over.findLast(({ mount }) => mount.length === longest) ?? null
}
