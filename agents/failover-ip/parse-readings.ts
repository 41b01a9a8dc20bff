import type { ConfigFile } from '@/lib/agent/config-file'

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
