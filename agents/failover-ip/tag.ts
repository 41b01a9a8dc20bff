import { createHash } from 'node:crypto'
import type { ConfigFile } from './facts'

/** A file's tag for the basis: what it holds and who may do what, in one line. Never its times. */
export function tagOf(document: ConfigFile): string {
  if (document.state === 'absent') return 'absent'
  if (document.state === 'unread') return `not read: ${document.why}`
  const { type, mode, owner, group, bytes } = document
  const hash = createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex')
  return `${type} ${mode} ${owner}:${group} sha256:${hash}`
}
