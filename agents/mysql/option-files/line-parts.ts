import { indentOf, seenOf, trimEnd } from './text'
import { endCommentAt } from './value'

/** An option's line in pieces; one after the other, they are the line. */
export interface LineParts {
  indent: string
  name: string
  /** The "=" with the whitespace around it; empty for an option without one. */
  equals: string
  /** As it is written, with its quotes. */
  value: string
  /** Whitespace, the comment, and what stands behind a NUL. */
  tail: string
  lineEnd: string
}

/** Cuts a line that is an option's. The first "=" ends the name, wherever it stands. */
export function partsOf(raw: string): LineParts {
  const [lineEnd = ''] = /\r?\n$/.exec(raw) ?? []
  const body = raw.slice(0, raw.length - lineEnd.length)
  const seen = seenOf(body)
  const code = trimEnd(seen.slice(0, endCommentAt(seen)))
  const indent = code.slice(0, indentOf(code))
  const tail = body.slice(code.length)
  const at = code.indexOf('=')
  if (at < 0) return { indent, name: code.slice(indent.length), equals: '', value: '', tail, lineEnd }
  const name = trimEnd(code.slice(indent.length, at))
  const valueAt = at + 1 + indentOf(code.slice(at + 1))
  const equals = code.slice(indent.length + name.length, valueAt)
  return { indent, name, equals, value: code.slice(valueAt), tail, lineEnd }
}

export function joinParts({ indent, name, equals, value, tail, lineEnd }: LineParts): string {
  return indent + name + equals + value + tail + lineEnd
}
