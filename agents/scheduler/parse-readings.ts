import type { RawReading } from '@/lib/agent'
import type { FoundDocument } from './facts'

/** A document as plain JSON. Only a file that is certainly not there counts as absent. */
export function documentOf(reading: RawReading): FoundDocument {
  if (reading.state === 'not-read') {
    return reading.why === 'absent' ? { state: 'absent' } : { state: 'unread', why: reading.why }
  }
  if (reading.kind !== 'document') return { state: 'unread', why: 'failed' }
  const { type, target, mode, owner, group, bytes } = reading.document
  return { state: 'there', type, target, mode, owner, group, bytes }
}

/** One small file's trimmed text; null when it is missing or empty. */
export function attributeOf(files: ReadonlyMap<string, string>, path: string): string | null {
  const text = files.get(path)?.trim()
  return text === undefined || text === '' ? null : text
}

/** A whole number of a small file; null for anything else. */
export function numberOf(files: ReadonlyMap<string, string>, path: string): number | null {
  const text = attributeOf(files, path)
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** "0" and "1" of a small file. */
export function flagOf(files: ReadonlyMap<string, string>, path: string): boolean | null {
  const text = attributeOf(files, path)
  return text === '1' ? true : text === '0' ? false : null
}
