import type { ServerProcess } from './facts'
import type { ListeningSocket } from './host-facts'
import { hideInWords } from './without-secrets'

/** Names of the server's own process, as the kernel cuts them (15 characters). */
const SERVER = /^(?:mysqld|mariadbd)(?:-debug|-max|-nt)?$/
const WRAPPER = /^(?:mysqld_safe|mariadbd-safe|mysqld_multi|mariadbd-multi|galera_new_clus)$/

interface Seen {
  pid: number
  name: string
  parent: number
  uid: number | null
  rssBytes: number | null
  peakRssBytes: number | null
  isContained: boolean
}

export interface Told {
  /** /proc/PID/status, and /proc/PID/cmdline without its NULs, by path. */
  files: ReadonlyMap<string, string>
  /** Where /proc/PID/cwd leads, by path. */
  folders: ReadonlyMap<string, string>
  /** What listens on TCP, with the process; null when that was not told. */
  sockets: readonly ListeningSocket[] | null
}

/** The servers that run, by their process ids, and what all other processes have in memory (null when none was seen). */
export function parseProcesses(told: Told): { servers: ServerProcess[]; othersRssBytes: number | null } {
  const all = [...told.files].flatMap(([path, text]) => {
    const pid = /^\/proc\/(\d+)\/status$/.exec(path)?.[1]
    return pid === undefined ? [] : [seenIn(Number(pid), text)]
  })
  const servers = all.filter(({ name }) => SERVER.test(name)).toSorted((a, b) => a.pid - b.pid)
  const others = all.filter(({ name }) => !SERVER.test(name))
  return {
    servers: servers.map((one) => {
      const parent = all.find(({ pid }) => pid === one.parent)
      return {
        pid: one.pid,
        name: one.name,
        wrapper: parent && WRAPPER.test(parent.name) ? { pid: parent.pid, name: parent.name } : null,
        uid: one.uid,
        rssBytes: one.rssBytes,
        peakRssBytes: one.peakRssBytes,
        words: wordsOf(told.files.get(`/proc/${one.pid}/cmdline`) ?? ''),
        isContained: one.isContained,
        folder: told.folders.get(`/proc/${one.pid}/cwd`) ?? null,
        listens: told.sockets?.flatMap(({ host, port, pid }) => (pid === one.pid ? [{ host, port }] : [])) ?? null,
      }
    }),
    othersRssBytes: all.length > 0 ? others.reduce((sum, { rssBytes }) => sum + (rssBytes ?? 0), 0) : null,
  }
}

/** proc(5). NSpid names the process in each namespace down to its own: two numbers are a container's. */
function seenIn(pid: number, status: string): Seen {
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? ''
  const bytes = (name: string) => (/^\d+ kB$/.test(field(name)) ? Number.parseInt(field(name), 10) * 1024 : null)
  const uid = /^\d+/.exec(field('Uid'))?.[0]
  return {
    pid,
    name: field('Name'),
    parent: Number(field('PPid')),
    uid: uid === undefined ? null : Number(uid),
    rssBytes: bytes('VmRSS'),
    peakRssBytes: bytes('VmHWM'),
    isContained: /\s/.test(field('NSpid')),
  }
}

/** "/usr/sbin/mysqld--basedir=/usr--skip-networking" taken apart again where an option begins. */
export function wordsOf(cmdline: string): string[] {
  return cmdline
    .replaceAll('\0', '')
    .split(/(?=--[a-z])/i)
    .filter((word) => word !== '')
    .map(hideInWords)
}

/** The value of a server's option in its words, underscores and dashes alike; null where it is not said. The last counts. */
export function wordValue(words: readonly string[], name: string): string | null {
  const said = words.findLast((word) => word.replaceAll('_', '-').startsWith(`--${name}=`))
  return said === undefined ? null : said.slice(said.indexOf('=') + 1)
}
