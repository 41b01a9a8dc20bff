import { AppError } from '@/lib/errors'
import type { Sql, SqlValue } from './sql'

/** Writes a string as a literal that holds no character of it. */
export type TextLiteral = (text: string) => string

/** A question as one text: numbers in digits, strings as the dialect's literal of their bytes. Throws AppError `internal` for a number that is none. */
export function textOf(question: Sql, literal: TextLiteral): string {
  return question.texts.reduce(
    (text, part, at) => `${text}${valueText(question.values[at - 1] ?? null, literal)}${part}`,
  )
}

function valueText(value: SqlValue, literal: TextLiteral): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new AppError('internal', `expected a number that a database has, got ${value}`)
  // In brackets: "- -1" would be a comment without its blank.
  return value < 0 ? `(${value})` : `${value}`
}

/** MySQL: bytes with the name of their character set, which is a string like any other. */
export function mysqlLiteral(characterSet: 'utf8mb4' | 'utf8'): TextLiteral {
  return (text) => `_${characterSet} x'${hex(text)}'`
}

/** SQLite: the plus takes the affinity away, so that it compares as a plain string does and an index is of use. */
export const sqliteLiteral: TextLiteral = (text) => `(+CAST(x'${hex(text)}' AS TEXT))`

/**
 * PostgreSQL: an escape string of the server's own bytes where it keeps UTF-8 or anything, else one of code points.
 * Throws AppError `invalid` for a NUL, which PostgreSQL cannot keep.
 */
export function postgresLiteral(serverEncoding: string): TextLiteral {
  return (text) => {
    if (text.includes('\0'))
      throw new AppError('invalid', 'expected a text without NUL, got one with NUL', {
        userMessage: 'PostgreSQL has no texts with a NUL character in them.',
      })
    if (['UTF8', 'SQL_ASCII'].includes(serverEncoding)) return `E'${hex(text).replace(/../g, '\\x$&')}'`
    return `U&'${[...text].map((letter) => `\\+${(letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`).join('')}'`
  }
}

function hex(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex')
}
