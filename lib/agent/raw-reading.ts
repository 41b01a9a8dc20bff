import type { RawReading } from './reading'

/** The map of a `files`, `links`, `each` or `programs` reading; empty when it was not read. */
export function byPathOf(reading: RawReading): ReadonlyMap<string, string> {
  return reading.state === 'read' && reading.kind === 'by-path' ? reading.byPath : new Map()
}

/** The text of a `file` or `command` reading; null when there is none. */
export function textOf(reading: RawReading): string | null {
  return reading.state === 'read' && reading.kind === 'text' ? reading.text : null
}

/** The bare names of the programs that a `programs` reading found. */
export function programsOf(reading: RawReading): ReadonlySet<string> {
  return new Set([...byPathOf(reading).keys()].map((path) => path.replace(/^.*\//, '')))
}
