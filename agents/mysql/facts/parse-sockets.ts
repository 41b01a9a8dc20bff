import { fromKernelHex } from '@/lib/agent/kernel-address'
import type { ListeningSocket } from './host-facts'

/** Understands `ss -ltnp` and `netstat -ltnp`, with the process that holds each socket where root is told. */
export function parseListing(text: string): ListeningSocket[] {
  return text.split('\n').flatMap((line): ListeningSocket[] => {
    const words = line.trim().split(/\s+/)
    const isSs = words[0] === 'LISTEN'
    const isNetstat = /^tcp6?$/.test(words[0] ?? '') && words[5] === 'LISTEN'
    const [, host, port] = /^(.*):(\d{1,5})$/.exec(words[3] ?? '') ?? []
    if ((!isSs && !isNetstat) || host === undefined) return []
    // Of old ss left out what the numbers are: `users:(("mysqld",1934,12))`.
    const [, ssName, ssPid] = /\("([^"]{1,64})",(?:pid=)?(\d+)/.exec(line) ?? []
    const [, statPid, statName] = /^(\d+)\/([^:]{1,64})/.exec(words[6] ?? '') ?? []
    const pid = isSs ? ssPid : statPid
    const program = isSs ? ssName : statName
    return [{ host, port: Number(port), pid: pid === undefined ? null : Number(pid), program: program ?? null }]
  })
}

/** Understands /proc/net/tcp and tcp6 (proc(5)): sockets in state 0A listen; whose they are is not told. */
export function parseTables(tables: readonly string[]): ListeningSocket[] {
  return tables.flatMap((table) =>
    table.split('\n').flatMap((line): ListeningSocket[] => {
      const match = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /.exec(line)
      const host = match ? fromKernelHex(match[1] ?? '') : null
      return match && host !== null
        ? [{ host, port: Number.parseInt(match[2] ?? '', 16), pid: null, program: null }]
        : []
    }),
  )
}

/** Paths of Unix sockets that listen (flag 00010000 of /proc/net/unix, proc(5)) and are named like a server's. */
export function parseUnixSockets(table: string): string[] {
  const found = table.split('\n').flatMap((line) => {
    const [, path = ''] = /^[0-9a-fA-F]+: \S+ \S+ 00010000 0001 \S+ +\d+ (\/.*)$/.exec(line) ?? []
    return /mysql|mariadb/i.test(path) && !/mysqlx[^/]*$/.test(path) ? [path] : []
  })
  return [...new Set(found)].toSorted()
}

/** One name for a path under /run, which /var/run leads to. */
export function sameRun(path: string): string {
  return path.replace(/^\/var\/run\//, '/run/')
}
