import { z } from 'zod'

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

export type MysqlUnit = z.infer<typeof unit>
export type ListeningSocket = z.infer<typeof listeningSocket>
export type FileSystem = z.infer<typeof fileSystem>
export type Machine = z.infer<typeof machine>
export type Release = z.infer<typeof release>
