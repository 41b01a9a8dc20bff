import { createHash } from 'node:crypto'

/** The fingerprint of a key's wire blob (bytes or base64), as `ssh-keygen -l` prints it. */
export function fingerprintOf(key: Buffer | string): string {
  const blob = typeof key === 'string' ? Buffer.from(key, 'base64') : key
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}
