import { refuse } from '@/lib/agent'
import { commentsOf, ended, lineEndOf, parseBlocks, physicalLines } from './logical-lines'
import { type MasterCf, parseMasterCf, printMasterCf, type Service } from './master-cf'

// Every edit changes the bytes of one place and reads the whole anew, so that lines and entries always fit the bytes.

/**
 * The service that begins at this line.
 * @throws AppError `invalid` when none does: the file is not the one that was looked at
 */
export function serviceAt({ entries }: MasterCf, line: number): Service {
  const found = entries.find((entry) => entry.line === line)
  if (found?.kind === 'service') return found
  throw refuse(`Expected a service of master.cf at line ${line}, found none.`)
}

/** Exchanges the bytes of one service, as `renamed`, `withOption` and `withoutOption` give them. */
export function replaceService(doc: MasterCf, line: number, bytes: string): MasterCf {
  const service = serviceAt(doc, line)
  checkBlock(bytes)
  const own = service === doc.entries.at(-1) ? bytes : ended(bytes)
  return parseMasterCf(doc.entries.map((entry) => (entry === service ? own : entry.raw)).join(''))
}

/** Makes every line of a service a comment; indentation stays behind the "#". `uncomment` with its `textLines` is the inverse. */
export function commentOut(doc: MasterCf, line: number): MasterCf {
  const { raw } = serviceAt(doc, line)
  const lines = physicalLines(raw).map((physical) => (physical.isText ? `#${physical.raw}` : physical.raw))
  return replaceService(doc, line, lines.join(''))
}

/**
 * Takes the "#" from these lines (numbers, in order), which make one service: those of `listCommentedServices`, or the
 * `textLines` of what `commentOut` made a comment.
 * @throws AppError `invalid` when they are no comments, or would not make exactly one service: the lines of another
 *   service behind them would become theirs
 */
export function uncomment(doc: MasterCf, lines: readonly number[]): MasterCf {
  const bytes = physicalLines(printMasterCf(doc)).map(({ raw }, at) => {
    if (!lines.includes(at + 1)) return raw
    if (raw.startsWith('#')) return raw.slice(1)
    throw refuse(`Expected a commented-out line of master.cf at line ${at + 1}, found another.`)
  })
  const after = parseMasterCf(bytes.join(''))
  const made = after.entries.find((entry) => entry.line === lines[0])
  if (made?.kind === 'service' && made.textLines.join() === lines.join()) return after
  throw refuse(`Lines ${lines.join(', ')} of master.cf do not make one service of their own.`)
}

/**
 * Puts lines behind a service, before the comments that follow it.
 * @throws AppError `invalid` for lines that begin indented: they would become part of the service
 */
export function insertAfter(doc: MasterCf, line: number, bytes: string): MasterCf {
  const service = serviceAt(doc, line)
  checkBlock(bytes)
  const lineEnd = lineEndOf(printMasterCf(doc))
  const both = `${ended(service.raw, lineEnd)}${ended(bytes, lineEnd)}`
  return parseMasterCf(doc.entries.map((entry) => (entry === service && bytes !== '' ? both : entry.raw)).join(''))
}

/**
 * Puts lines at the file's end.
 * @throws AppError `invalid` for lines that begin indented: they would become part of what stands last
 */
export function appendLines(doc: MasterCf, bytes: string): MasterCf {
  checkBlock(bytes)
  const before = printMasterCf(doc)
  return bytes === '' ? doc : parseMasterCf(`${ended(before)}${ended(bytes, lineEndOf(before))}`)
}

/** Takes a service out; comments between its lines stay. */
export function removeService(doc: MasterCf, line: number): MasterCf {
  const service = serviceAt(doc, line)
  const comments = commentsOf({ lines: physicalLines(service.raw) })
  return parseMasterCf(doc.entries.map((entry) => (entry === service ? comments : entry.raw)).join(''))
}

function checkBlock(bytes: string): void {
  if (parseBlocks(bytes).some(({ kind }) => kind === 'orphan')) {
    throw refuse('These lines of master.cf begin with whitespace: they would continue the service above them.')
  }
}
