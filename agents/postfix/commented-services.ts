import { physicalLines } from './logical-lines'
import { listServices, type MasterCf, parseMasterCf, printMasterCf, type Service, serviceTypes } from './master-cf'

/** A service that somebody made a comment. */
export interface CommentedService {
  /** As it would be read without its "#"; its `line` and `textLines` are numbers of the file. */
  service: Service
  /** Its lines, for `uncomment`. Text that only explains, in between, is not among them. */
  lines: readonly number[]
  /** False when lines follow that may belong to it or not: options behind a "#" that are indented otherwise. */
  isSure: boolean
}

/**
 * The services that stand in the file as comments: a "#" at the very beginning, and right behind it all eight fields of
 * a service, each as it must be. Their continuation lines are a "#", whitespace (the same in all of them) and an
 * argument, up to the next such service; text may stand in between. Comments inside a live service are none: what is
 * uncommented there would take its lines.
 */
export function listCommentedServices({ entries }: MasterCf): CommentedService[] {
  return entries.flatMap((entry) => (entry.kind === 'other' && entry.what === 'gap' ? listInGap(entry) : []))
}

/**
 * Where the lines of a service stand as comments, each a "#" and the very line, with other comments in between; the
 * numbers of the last such place before a line of the file. Null where there is none.
 */
export function linesOfComment(doc: MasterCf, raw: string, before: number): readonly number[] | null {
  const file = textsOf(printMasterCf(doc))
  const [head = '', ...rest] = textsOf(raw).map((line) => `#${line}`)
  const places = file.slice(0, before - 1).flatMap((line, at) => (line === head ? [at] : []))
  return places.map((at) => placesFrom(file, at, rest)).findLast((lines) => lines !== null) ?? null
}

function placesFrom(file: readonly string[], at: number, rest: readonly string[]): number[] | null {
  const lines = [at + 1]
  for (const wanted of rest) {
    const from = lines.at(-1) ?? 0
    const next = file.findIndex((line, place) => place >= from && (line === wanted || !/^\s*(#|$)/.test(line)))
    if (next < 0 || file[next] !== wanted) return null
    lines.push(next + 1)
  }
  return lines
}

function textsOf(bytes: string): string[] {
  return physicalLines(bytes).map(({ raw }) => raw.replace(/\r?\n$/, ''))
}

function listInGap({ raw, line }: { raw: string; line: number }): CommentedService[] {
  const comments = physicalLines(raw).map((physical) => physical.raw)
  return comments.flatMap((comment, at) => {
    const head = headOf(comment)
    if (!head) return []
    const { more, isSure } = continuation(head, comments.slice(at + 1))
    const lines = [line + at, ...more.map((offset) => line + at + 1 + offset)]
    const all = comments.slice(at, at + 2 + (more.at(-1) ?? -1))
    const bytes = all.map((text, offset) => (lines.includes(line + at + offset) ? text.slice(1) : text)).join('')
    const [service] = listServices(parseMasterCf(bytes))
    return service ? [{ service: { ...service, line: line + at, textLines: lines }, lines, isSure }] : []
  })
}

const HEAD = new RegExp(
  `^[^\\s#]\\S*[ \\t]+(?:${serviceTypes.join('|')})(?:[ \\t]+[yn-]){3}[ \\t]+(?:-|\\d+\\??)[ \\t]+(?:-|\\d+)[ \\t]+[A-Za-z]`,
)

function headOf(comment: string): string | null {
  const head = comment.slice(1)
  return comment.startsWith('#') && HEAD.test(head) ? head : null
}

/** Which of the lines below belong to the service, by their place. */
function continuation(head: string, below: readonly string[]): { more: number[]; isSure: boolean } {
  const more: number[] = []
  let [indent, isAfterBlank, level] = ['', false, levelBehind(head, 0)]
  for (const [at, comment] of below.entries()) {
    // What looks like another service ends this one, also when its fields are wrong.
    if (/^#[^\s#]\S*[ \t]+(?:inet|unix|fifo|pass|unix-dgram)(?:\s|$)/.test(comment)) break
    const [, space = '', text = ''] = /^#([ \t]+)(.*)/.exec(comment) ?? []
    const isArgument = level > 0 ? text !== '' : /^(?:-[A-Za-z-]|[a-z_]+=|\$|\{)/.test(text)
    if (isArgument && indent !== '' && space !== indent && level === 0) return { more, isSure: isAfterBlank }
    if (isArgument) {
      more.push(at)
      indent ||= space
      level = levelBehind(text, level)
      isAfterBlank = false
    } else if (/^\s*$/.test(comment)) isAfterBlank = true
    else if (isAfterBlank) break
  }
  return { more, isSure: true }
}

// A value in braces may go over several lines.
function levelBehind(text: string, before: number): number {
  return [...text].reduce(
    (level, char) => (char === '{' ? level + 1 : char === '}' && level > 0 ? level - 1 : level),
    before,
  )
}
