/** One thing that a `.status` command told, by lower-case keys. */
export type StatusRecord = ReadonlyMap<string, string>

/**
 * The records of an `.api 2` answer: lines `key=value`, a record ends where its first key comes again or a blank line
 * follows. Headings (`running:`), and what 15 adds (`]`, `error=0`), are left out. The first value of a key counts, so
 * that what stands in a file's name behind it changes nothing.
 */
export function parseRecords(answer: string, firstKey: string): StatusRecord[] {
  const records: Map<string, string>[] = []
  let open: Map<string, string> | null = null
  for (const line of answer.split('\n')) {
    const [, name, value] = /^([A-Za-z][A-Za-z0-9_/ -]*)=(.*)$/.exec(line) ?? []
    const key = name?.toLowerCase()
    if (line.trim() === '') open = null
    else if (key === firstKey) {
      open = new Map([[key, value ?? '']])
      records.push(open)
    } else if (open && key !== undefined && value !== undefined && !open.has(key)) open.set(key, value)
  }
  return records
}

/** A count in a record; null where it is none. Commas between thousands are 9.6's. */
export function readFigure(text: string | undefined): number | null {
  const digits = text?.trim().replaceAll(',', '') ?? ''
  if (!/^\d{1,19}$/.test(digits)) return null
  const figure = Number(digits)
  return Number.isSafeInteger(figure) ? figure : null
}

/** Milliseconds since 1970 of a key in seconds; null for none and for zero, which stands for "not yet". */
export function readEpoch(text: string | undefined): number | null {
  const seconds = readFigure(text)
  return seconds === null || seconds === 0 ? null : seconds * 1000
}
