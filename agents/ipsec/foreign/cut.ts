/** A piece of a file: its first byte, and the one behind its last. */
export interface Span {
  from: number
  to: number
}

/** The whole lines of a piece that shares none of them with anything else; the piece itself where it does. */
export function linesOf(bytes: string, { from, to }: Span): Span {
  const start = bytes.lastIndexOf('\n', from - 1) + 1
  // A piece that ends with its line takes no other along.
  const found = bytes.indexOf('\n', bytes[to - 1] === '\n' ? to - 1 : to)
  const end = found < 0 ? bytes.length : found + 1
  const isAlone = bytes.slice(start, from).trim() === '' && bytes.slice(to, end).trim() === ''
  return isAlone ? { from: start, to: end } : { from, to }
}

/** The file without these pieces; every other byte as it is. */
export function without(bytes: string, spans: readonly Span[]): string {
  let at = 0
  let left = ''
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    left += bytes.slice(at, Math.max(at, from))
    at = Math.max(at, to)
  }
  return left + bytes.slice(at)
}

/** The number of the line that a byte stands in, from 1. */
export function lineAt(bytes: string, at: number): number {
  return bytes.slice(0, at).split('\n').length
}
