import { createHash } from 'node:crypto'

/** The SHA-256 fingerprint of a public key as `ssh-keygen -l` prints it, from the key's base64 blob. */
export function fingerprintOf(key: string): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')}`
}
