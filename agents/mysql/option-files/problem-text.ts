import type { ConfigFile } from '@/lib/agent/config-file'
import type { Oddness } from './document'

/** What is wrong with a line, in one sentence. */
export const whyOdd: Readonly<Record<Oddness, string>> = {
  'byte-order-mark': 'The file begins with a byte order mark, which the server takes for an option.',
  'no-group': 'An option stands before the first [group].',
  'open-group': 'A "[" has no "]" in its line.',
  'no-path': 'The include names nothing.',
  'no-name': 'No name stands before the "=", and the server knows no such option.',
  'unknown-directive': 'Only !include and !includedir mean something; the server passes over this line.',
  'too-long': 'The line is longer than 4094 bytes; the server reads its rest as another line.',
}

type There = Extract<ConfigFile, { state: 'there' }>

/**
 * Why the server passes over a file that is there; null when it reads it. A file that everybody may write is left out
 * with a warning, one that the server's account may not read without a word.
 * @param as the account; null for root
 */
export function whyIgnored(file: There, as: { user: string; groups: readonly string[] } | null): string | null {
  const bits = Number.parseInt(file.mode, 8)
  if (Number.isNaN(bits)) return null
  // Of a link, the mode is its target's. A device or a pipe may be anybody's.
  if (file.type !== 'other' && (bits & 0o002) !== 0)
    return `Everybody may write this file (mode ${file.mode}), so the server ignores it.`
  if (as === null || as.user === 'root') return null
  // The owner's bits count for the owner alone, then the group's.
  const mayRead = file.owner === as.user ? bits & 0o400 : as.groups.includes(file.group) ? bits & 0o040 : bits & 0o004
  return mayRead ? null : `The account ${as.user} may not read this file (mode ${file.mode}), so the server ignores it.`
}
