import type { RawReading } from '@/lib/agent'
import type { ConfigFile } from './facts'

/** The map of a `files`, `each` or `programs` reading; empty when it was not read. */
export function byPathOf(reading: RawReading): ReadonlyMap<string, string> {
  return reading.state === 'read' && reading.kind === 'by-path' ? reading.byPath : new Map()
}

/** The text of a `file` or `command` reading; null when there is none. */
export function textOf(reading: RawReading): string | null {
  return reading.state === 'read' && reading.kind === 'text' ? reading.text : null
}

/** A document as plain JSON. Only a file that is certainly not there counts as absent. */
export function documentOf(reading: RawReading): ConfigFile {
  if (reading.state === 'not-read')
    return reading.why === 'absent' ? { state: 'absent' } : { state: 'unread', why: reading.why }
  if (reading.kind !== 'document') return { state: 'unread', why: 'failed' }
  const { type, mode, owner, group, bytes } = reading.document
  return { state: 'there', type, mode, owner, group, bytes }
}

// What `files` reads of each file; a text of this length may go on.
const SMALL_FILE = 4096

/** A small file that came as text, with what `stat -c '%a %U %G %F'` says of it, as exactly as a document. */
export function smallFileOf(text: string, stat: string | undefined): ConfigFile {
  const match = /^([0-7]{1,4}) (\S+) (\S+) (.+)$/.exec(stat?.trim() ?? '')
  if (!match) return { state: 'unread', why: 'its mode and owner were not told' }
  const [, mode = '', owner = '', group = '', kind = ''] = match
  const bytes = Buffer.from(text, 'utf8')
  // A byte that is no UTF-8 came back as U+FFFD, and cannot be told any more.
  if (text.includes('\uFFFD')) return { state: 'unread', why: 'it is no UTF-8 text' }
  if (bytes.length >= SMALL_FILE) return { state: 'unread', why: `it is longer than ${SMALL_FILE} bytes` }
  const type = kind.startsWith('regular') ? 'file' : kind === 'symbolic link' ? 'link' : 'other'
  return { state: 'there', type, mode: mode.padStart(4, '0'), owner, group, bytes: bytes.toString('latin1') }
}
