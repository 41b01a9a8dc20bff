import { parseAddress } from '@/lib/agent/ip-address'
import { fromKernelHex } from '@/lib/agent/kernel-address'
import type { ListeningSocket, PostfixFacts } from './facts'

/** Understands `ss -ltnp` and `netstat -ltnp`, as far as they tell what listens and, to root, for whom. */
export function parseListing(text: string): ListeningSocket[] {
  // What ss has printed for one family of old, it prints for both together since.
  const star = isOfNewSs(text) ? 6 : 4
  return text.split('\n').flatMap((line): ListeningSocket[] => {
    const words = line.trim().split(/\s+/)
    const isSs = words[0] === 'LISTEN'
    const isNetstat = /^tcp6?$/.test(words[0] ?? '') && words[5] === 'LISTEN'
    if (!isSs && !isNetstat) return []
    const socket = socketOf(words[3] ?? '', star)
    if (!socket) return []
    const program = isSs ? holderOf(line) : (/^\d+\/([^:]{1,64})/.exec(words[6] ?? '')?.[1] ?? null)
    const isSix = words[0] === 'tcp6' || socket.family === 6
    return [{ ...socket, family: isSix ? 6 : 4, program }]
  })
}

/** By what a check can tell one socket from another: ss printed `*:25` for both families of old, and `::1:25`. */
export function tableOf(listing: string, programs: ReadonlySet<string>): PostfixFacts['socketTable'] {
  if (isOfNewSs(listing)) return 'ss'
  return programs.has('netstat') ? 'netstat' : 'kernel'
}

function isOfNewSs(listing: string): boolean {
  const rows = listing.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.some(([state, , , , peer]) => state === 'LISTEN' && peer === '0.0.0.0:*')
}

/**
 * Postfix's daemons hold the sockets of their master too, and may be named before it. Of old ss left out what the
 * numbers are: `users:(("master",1934,12))`.
 */
function holderOf(line: string): string | null {
  const names = [...line.matchAll(/\("([^"]{1,64})",(?:pid=)?\d/g)].map((match) => match[1] ?? '')
  return names.includes('master') ? 'master' : (names[0] ?? null)
}

/** Understands /proc/net/tcp and tcp6: sockets in state 0A listen. */
export function parseTables(tables: readonly string[]): ListeningSocket[] {
  return tables.flatMap((table) =>
    table.split('\n').flatMap((line): ListeningSocket[] => {
      const match = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /.exec(line)
      const host = match ? fromKernelHex(match[1] ?? '') : null
      if (!match || host === null) return []
      const isAny = host === '0.0.0.0' || host === '::'
      const family = match[1]?.length === 8 ? 4 : 6
      return [{ host: isAny ? null : host, family, port: Number.parseInt(match[2] ?? '', 16), program: null }]
    }),
  )
}

/** `0.0.0.0:25`, `*:25`, `[::]:25`, `:::25`, `192.0.2.1:25`, `[fe80::1]%eth0:25`; null for anything else. */
function socketOf(text: string, star: 4 | 6): Pick<ListeningSocket, 'host' | 'family' | 'port'> | null {
  const match = /^(.*):(\d{1,5})$/.exec(text)
  const [, shown = '', port = ''] = match ?? []
  if (!match) return null
  const bare = shown.replace(/^\[|\]$|\](?=%)/g, '').replace(/%.*$/, '')
  if (['*', '', '0.0.0.0', '::'].includes(bare)) {
    return { host: null, family: bare === '*' ? star : bare === '::' ? 6 : 4, port: Number(port) }
  }
  const address = parseAddress(bare)
  return address ? { host: address.host, family: address.family, port: Number(port) } : null
}
