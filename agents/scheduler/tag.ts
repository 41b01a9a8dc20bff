import { createHash } from 'node:crypto'
import type { FoundDocument } from './facts'

/** A file's tag for the basis: what it holds and who may do what, in one line. Never its times. */
export function tagOf(document: FoundDocument): string {
  if (document.state === 'absent') return 'absent'
  if (document.state === 'unread') return `not read: ${document.why}`
  const { type, target, mode, owner, group, bytes } = document
  const hash = createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex')
  return `${type}${target === null ? '' : ` to ${target}`} ${mode} ${owner}:${group} sha256:${hash}`
}
