/** The words with which a host's journal lines begin (lib/changes/on-host). */
export const hostKinds = [
  'begin',
  'armed',
  'phase',
  'proved',
  'waits',
  'start',
  'out',
  'done',
  'failed',
  'checks',
  'check',
  'undo',
  'undoing',
  'undone',
  'undo-failed',
  'not-as-before',
  'not-standing',
  'kept',
  'end',
] as const

export type HostKind = (typeof hostKinds)[number]

/** One line of a host's own journal. */
export interface HostLine {
  /** Seconds since the host booted. */
  uptime: number
  kind: HostKind
  /** The step's number from 1, a check's id, or null. */
  subject: string | null
  text: string
}

/** The complete lines at the head of `bytes`, and how many bytes they took; a last line without its end waits. */
export function parseJournal(bytes: Buffer): { lines: HostLine[]; taken: number } {
  const end = bytes.lastIndexOf(0x0a)
  if (end < 0) return { lines: [], taken: 0 }
  const text = bytes.subarray(0, end).toString('utf8')
  return { lines: text.split('\n').flatMap(parseLine), taken: end + 1 }
}

// A full disk can leave half a line with the whole one behind it; half a line is passed over.
function parseLine(line: string): HostLine[] {
  const [uptime, kind, subject, ...rest] = line.split('\t')
  const known = hostKinds.find((each) => each === kind)
  const seconds = Number(uptime)
  if (known === undefined || subject === undefined || !Number.isFinite(seconds)) return []
  return [{ uptime: seconds, kind: known, subject: subject === '-' ? null : subject, text: rest.join('\t') }]
}

/** The boot id and wall clock (epoch seconds) that a `begin` line carries; null for another line. */
export function parseBegin(line: HostLine): { bootId: string; epoch: number } | null {
  if (line.kind !== 'begin') return null
  const match = /^boot (\S+) epoch (\d+)$/.exec(line.text)
  return match?.[1] && match[2] ? { bootId: match[1], epoch: Number(match[2]) } : null
}
