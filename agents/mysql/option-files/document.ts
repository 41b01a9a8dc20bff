import { partsOf } from './line-parts'
import { indentOf, linesOf, seenOf, trimEnd } from './text'
import { readValue } from './value'

/** An option file (my.cnf and what it includes). Every byte is kept: the lines, one after the other, are the file. */
export interface OptionFile {
  lines: readonly Line[]
}

interface At {
  /** The line with its line end. */
  raw: string
  /** From 1. */
  line: number
}

/** `name`, `name = value`. The name as it is written; no value is null, an empty one is "". */
export type OptionLine = At & { kind: 'option'; name: string; value: string | null }

export type GroupLine = At & { kind: 'group'; name: string }

export type IncludeLine = At & { kind: 'include' | 'includedir'; path: string }

/** A line that is not what it was meant to be. */
export type OddLine = At & { kind: 'odd'; why: Oddness }

export type Line = (At & { kind: 'blank' | 'comment' }) | GroupLine | OptionLine | IncludeLine | OddLine

/**
 * `byte-order-mark`: the file begins with one, and the server takes it for an option.
 * `no-group`: an option before the first group.
 * `open-group`: a "[" without its "]".
 * `no-path`: an include of nothing.
 * `no-name`: a "=" without a name before it. The server reads an option that it does not know.
 * `unknown-directive`: a "!" with a word that is none. The server passes over it.
 * `too-long`: the server cuts such a line and takes its rest for another line.
 */
export type Oddness =
  | 'byte-order-mark'
  | 'no-group'
  | 'open-group'
  | 'no-path'
  | 'no-name'
  | 'unknown-directive'
  | 'too-long'

/** At these the server reads no further: it does not start, or, in an included file, it leaves out the file's rest. */
export const stops: ReadonlySet<Oddness> = new Set(['byte-order-mark', 'no-group', 'open-group', 'no-path'])

/** The most bytes of a line that are read as one, without its newline (a buffer of 4096 in mysys/my_default.c). */
export const MAX_LINE = 4094

/** Understands a file: latin1, one char a byte. Never throws: any string is a file. */
export function parseOptionFile(bytes: string): OptionFile {
  let hasGroup = false
  const lines = linesOf(bytes).map((raw, index) => {
    const line = parseLine(raw, index + 1, hasGroup)
    hasGroup ||= line.kind === 'group'
    return line
  })
  return { lines }
}

/** The bytes of a file; of one that was only parsed, exactly those that were parsed. */
export function printOptionFile({ lines }: OptionFile): string {
  return lines.map(({ raw }) => raw).join('')
}

function parseLine(raw: string, line: number, hasGroup: boolean): Line {
  const odd = (why: Oddness): OddLine => ({ kind: 'odd', raw, line, why })
  if (raw.replace(/\n$/, '').length > MAX_LINE) return odd('too-long')
  const seen = seenOf(raw)
  const text = seen.slice(indentOf(seen))
  const first = text.charAt(0)
  if (first === '') return { kind: 'blank', raw, line }
  if (first === '#' || first === ';') return { kind: 'comment', raw, line }
  if (first === '!') return directive(raw, line, text)
  if (first === '[') {
    const end = text.indexOf(']')
    // Whitespace before the name counts: "[ mysqld]" is another group.
    return end < 0 ? odd('open-group') : { kind: 'group', raw, line, name: trimEnd(text.slice(1, end)) }
  }
  if (!hasGroup) return odd(line === 1 && raw.startsWith('\xef\xbb\xbf') ? 'byte-order-mark' : 'no-group')
  const { name, equals, value } = partsOf(raw)
  if (name === '') return odd('no-name')
  return { kind: 'option', raw, line, name, value: equals === '' ? null : readValue(value) }
}

function directive(raw: string, line: number, text: string): Line {
  const kind = /^!\s*(include(?:dir)?)(?=\s)/.exec(text)?.[1]
  if (kind !== 'include' && kind !== 'includedir') return { kind: 'odd', raw, line, why: 'unknown-directive' }
  const rest = text.slice(text.indexOf(kind) + kind.length)
  const argument = rest.slice(indentOf(rest))
  // The last character goes, as if it were always a newline: a last line without one loses a letter of its path.
  const path = trimEnd(argument.slice(0, -1))
  return path === '' ? { kind: 'odd', raw, line, why: 'no-path' } : { kind, raw, line, path }
}
