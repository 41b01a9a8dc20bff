import { AppError } from '@/lib/errors'
import type { Sql } from './sql'

/**
 * Lets only questions through that can but read, for servers that are too old to be told so. It judges the texts of our own
 * code, not of others. Throws AppError `internal`.
 */
export function assertReads({ texts }: Sql): void {
  const text = texts.join('?')
  const isQuestion = /^\s*\(*\s*(select|with|show)\b/i.test(text)
  // Of SQLite, whose read-only files say nothing about other files.
  const canAct = /\binto\s+(outfile|dumpfile|@)|\b(writefile|edit|load_extension)\s*\(/i
  if (isQuestion && !canAct.test(text)) return
  throw new AppError('internal', `expected a question that only reads, got: ${text.trim().slice(0, 60)}`)
}
