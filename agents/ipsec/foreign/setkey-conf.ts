import type { Span } from './cut'

/** A policy that a line of setkey(8) makes. */
export interface SpdLine extends Span {
  /** Nets, without ports: "10.0.0.1" or "10.0.0.0/8". */
  src: string
  dst: string
  /** "any", "4", "tcp"; "any" with a port counts as that port's alone. */
  upper: string
  hasPort: boolean
  direction: 'in' | 'out' | 'fwd'
  /** The statement as it stands, in one line, with its semicolon. */
  text: string
  /** The statement that takes exactly this policy away. */
  deletes: string
}

const BLANK = /(?:[ \t\r\n]+|#[^\n]*)+/y
/** A string, in which a semicolon ends nothing; a comment; anything else; a quote without an end. */
const PIECE = /"[^"\n]*"|#[^\n]*|[^";#]+|"/y
const ADDRESS = /^([0-9a-fA-F:.]+(?:\/\d{1,3})?)(?:\[([\w-]+)\])?$/

/** The policies of a script such as /etc/ipsec-tools.conf, each with its place. Never throws; what is no `spdadd` is left out. */
export function parseSetkey(bytes: string): SpdLine[] {
  const found: SpdLine[] = []
  let at = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const match = pattern.exec(bytes)
    at += match?.[0].length ?? 0
    return match !== null
  }
  while (at < bytes.length) {
    skip(BLANK)
    const from = at
    while (skip(PIECE));
    // Only a semicolon is no piece: what has none at the file's end is no statement.
    if (bytes[at] !== ';') return found
    at += 1
    const line = spdLine(bytes.slice(from, at), { from, to: at })
    if (line) found.push(line)
  }
  return found
}

function spdLine(statement: string, span: Span): SpdLine | null {
  const words = statement
    .replace(/#[^\n]*/g, ' ')
    .replace(/;$/, '')
    .split(/\s+/)
    .filter(Boolean)
  const flags = words.slice(1).filter((word, at, rest) => /^-[46n]+$/.test(word) && at < rest.indexOf('-P'))
  const [verb, first = '', second = '', ...more] = words.filter((word) => !flags.includes(word))
  const policy = more.indexOf('-P')
  const [src, dst] = [ADDRESS.exec(first), ADDRESS.exec(second)]
  const direction = more[policy + 1]
  if (verb !== 'spdadd' || !src || !dst || policy < 1) return null
  if (direction !== 'in' && direction !== 'out' && direction !== 'fwd') return null
  const upper = more.slice(0, policy)
  const isPort = ([, , port]: RegExpExecArray) => port !== undefined && port !== 'any'
  return {
    ...span,
    src: src[1] ?? '',
    dst: dst[1] ?? '',
    upper: upper.join(' '),
    hasPort: isPort(src) || isPort(dst),
    direction,
    text: `${words.join(' ')};`,
    deletes: `${['spddelete', ...flags, first, second, ...upper, '-P', direction].join(' ')};`,
  }
}
