/** What MySQLTuner says of a server: which of its lines can be applied as they are, and which can not. */
export interface Advice {
  version: string
  /** Its own warning, that memory comes before any larger buffer. */
  asksForMemory: boolean
  /** Variables and their values as an option file says them, with the line each comes from. */
  applied: readonly { name: string; value: string; line: string }[]
  /** Lines that name no variable with a value, or one that the server does not have, and why. */
  left: readonly { line: string; why: string }[]
}

const units: Readonly<Record<string, number>> = { '': 1, B: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }

/**
 * Reads the list at the end of its output. `NAME=V`, `NAME (=V)`, `NAME (~ V)`, `NAME (>= V)`, `NAME (start at V)` and
 * `NAME should be (=V)` are V; `NAME (> V)`, which says no more than that, is twice V. Pure.
 */
export function readAdvice(words: string, known: ReadonlyMap<string, string>): Advice {
  const version = /MySQLTuner (\S+)/.exec(words)?.[1] ?? 'of unknown version'
  const list = /^Variables to adjust:\n((?:[ *].*\n?)*)/m.exec(words)?.[1] ?? ''
  const lines = list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('***'))
  const applied: { name: string; value: string; line: string }[] = []
  const left: { line: string; why: string }[] = []
  for (const line of lines) {
    const read = readLine(line)
    if (read === null) left.push({ line, why: 'no value' })
    else if (!known.has(read.name)) left.push({ line, why: 'the server has no such variable' })
    else applied.push({ ...read, line })
  }
  return { version, asksForMemory: /Add RAM before increasing/.test(words), applied, left }
}

function readLine(line: string): { name: string; value: string } | null {
  const found = /^([a-z][\w-]*)(?: should be)? ?\(?(=|>=|>|~|start at) ?(ON|OFF|[\d.]+)([BKMG]?)\b/i.exec(line)
  const [, name = '', sign, number = '', unit = ''] = found ?? []
  if (!found) return null
  if (/^o/i.test(number)) return { name: name.replaceAll('-', '_'), value: number }
  const size = Math.ceil(Number(number) * (units[unit.toUpperCase()] ?? 1) * (sign === '>' ? 2 : 1))
  return { name: name.replaceAll('-', '_'), value: String(size) }
}
