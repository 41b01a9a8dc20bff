/** What a line of the journal tells: a step that is done, runs or failed; a warning; a note (a barrier); a host's own output. */
export type JournalKind = 'done' | 'running' | 'failed' | 'warn' | 'note' | 'output'

export interface JournalLine {
  /** Unique in its journal, and rising. */
  id: string | number
  /** ISO 8601 or milliseconds since 1970. */
  at: string | number
  /** The host's name, or "all". */
  host: string
  kind: JournalKind
  text: string
}

/** The time of day of a line, "08:11:57", in `zone` (the browser's own when left out). */
export function timeOfDay(at: string | number, zone?: string): string {
  const told = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
  })
  return told.format(typeof at === 'number' ? at : Date.parse(at))
}
