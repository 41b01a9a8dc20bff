import type { SqlDialect } from '@/lib/sql'
import { usualPorts } from './usual-ports'

interface Seen {
  /** DbDriver of the resource. */
  driver: string | null
  /** Libraries that the running director has loaded. */
  loaded: readonly string[]
  /** Libraries that are installed. */
  installed: readonly string[]
  packages: readonly string[]
  /** Ports on which something listens. */
  ports: readonly number[]
}

const words: readonly [RegExp, SqlDialect][] = [
  [/mysql|mariadb/i, 'mysql'],
  [/postgres|pgsql/i, 'postgresql'],
  [/sqlite/i, 'sqlite'],
]

/** Which kind of database a catalog is in, by the surest sign there is, and which sign that was. Pure. */
export function dialectSeen(seen: Seen): { dialect: SqlDialect | null; by: string } {
  const signs: readonly [string, readonly string[]][] = [
    ['its DbDriver', seen.driver === null ? [] : [seen.driver]],
    ['the library that the running director uses', seen.loaded],
    ['the library that is installed', seen.installed],
    ['the package that is installed', seen.packages],
    [
      'what listens there',
      seen.ports.flatMap((port) => Object.entries(usualPorts).flatMap(([name, usual]) => (usual === port ? name : []))),
    ],
  ]
  for (const [by, texts] of signs) {
    const dialects = new Set(texts.flatMap((text) => words.find(([word]) => word.test(text))?.[1] ?? []))
    const [only] = dialects
    if (only && dialects.size === 1) return { dialect: only, by }
  }
  return { dialect: null, by: '' }
}

/** The ports in state LISTEN of /proc/net/tcp and tcp6 (proc(5): local address in hexadecimal, 0A is LISTEN). Pure. */
export function listeningPorts(table: string): number[] {
  const ports = [...table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm)].map((match) =>
    Number.parseInt(match[1] ?? '0', 16),
  )
  return [...new Set(ports)]
}
