import { createHmac } from 'node:crypto'
import { asPinnedKey, keyTypeOfBlob } from './host-key'
import type { KnownHost } from './types'

/**
 * Reads lines of `known_hosts` (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Left out, because they confirm no host's key:
 * `@revoked` and `@cert-authority` lines, every line of a key that is revoked, patterns with `*`, `?` or `!`, keys
 * that are malformed, comments.
 */
export function parseKnownHosts(text: string): KnownHost[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const revoked = new Set(lines.flatMap((line) => (/^@revoked\s+(.*)$/.exec(line)?.[1] ?? '').split(/\s+/)[2] ?? []))
  return lines.flatMap((line) => {
    const known = parseLine(line)
    return known === null || revoked.has(known.key) ? [] : [known]
  })
}

/** Whether the entry speaks of this host. The only way to use a hashed one. */
export function matchesKnownHost(known: KnownHost, host: string, port: number): boolean {
  if (known.hashed !== null) return matchesHash(known.hashed, port === 22 ? host : `[${host}]:${port}`)
  return known.hosts.some((entry) => entry.host.toLowerCase() === host.toLowerCase() && entry.port === port)
}

function parseLine(line: string): KnownHost | null {
  if (line === '' || line.startsWith('#') || line.startsWith('@')) return null
  const [names = '', algorithm = '', key = ''] = line.split(/\s+/)
  const blob = Buffer.from(key, 'base64')
  if (algorithm === '' || keyTypeOfBlob(blob) !== algorithm) return null
  const pinned = asPinnedKey(blob)
  if (names.startsWith('|')) return { hosts: [], hashed: names, ...pinned }
  const parts = names.split(',')
  if (parts.some((part) => /[*?!]/.test(part))) return null
  return { hosts: parts.map(parseName), hashed: null, ...pinned }
}

/** `name`, `address` or `[name]:port`. */
function parseName(part: string): { host: string; port: number } {
  const bracketed = /^\[(.+)\]:(\d+)$/.exec(part)
  return bracketed === null
    ? { host: part, port: 22 }
    : { host: bracketed[1] ?? part, port: Number(bracketed[2] ?? 22) }
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt (HashKnownHosts in ssh_config(5)). */
function matchesHash(entry: string, name: string): boolean {
  const [, version, salt = '', hash = ''] = entry.split('|')
  if (version !== '1') return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
}
