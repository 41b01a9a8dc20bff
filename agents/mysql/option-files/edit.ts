import { refuse } from '@/lib/agent'
import { type Line, MAX_LINE, type OptionFile, type OptionLine, parseOptionFile, printOptionFile } from './document'
import { joinParts, partsOf } from './line-parts'
import { readOptionName, withUnderscores } from './option-name'
import { writeValue } from './value'

/** What becomes of one option of a group. `flag` writes the name alone, as in `skip-name-resolve`. */
export type OptionWish =
  | { name: string; do: 'set'; value: string }
  | { name: string; do: 'flag' }
  | { name: string; do: 'remove' }

export interface EditRules {
  /**
   * A comment of one line, without its "#". With it only the section that directly follows this comment counts; where
   * there is none it is put at the file's end. For a file that others write as well.
   */
  under?: string
}

/**
 * Sets, replaces and removes options of one group; every other byte stays. The last line of the group that has the name
 * decides and is rewritten, with its indentation, spacing and comment; a new line goes behind the group's last option,
 * and a new group to the file's end. A file that says all of it already comes back as it is. `a-b` and `a_b` are one
 * name, and so are `x` and `loose-x`; the line gets the name as it is wished unless they differ by dashes only.
 * @throws AppError `invalid` for a name or a value that the server would not read back, or a file whose last line is an
 * include without a line end: the server does not follow that one now, and would when a line came behind it
 */
export function withOptions(
  file: OptionFile,
  group: string,
  wishes: readonly OptionWish[],
  rules: EditRules = {},
): OptionFile {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(group))
    throw refuse(`Expected the name of a group, got ${JSON.stringify(group)}.`)
  return wishes.reduce((edited, wish) => withOption(edited, group, wish, rules), file)
}

function withOption(file: OptionFile, group: string, wish: OptionWish, { under }: EditRules): OptionFile {
  checkName(wish.name)
  const section = sectionOf(file.lines, group, under)
  const same = section.filter((line): line is OptionLine => line.kind === 'option' && isSame(line.name, wish.name))
  if (wish.do === 'remove') {
    if (same.length === 0) return file
    return parseOptionFile(printOptionFile({ lines: file.lines.filter((line) => !same.some((each) => each === line)) }))
  }
  const value = wish.do === 'flag' ? null : wish.value
  const last = same.at(-1)
  if (!last) return inserted(file, group, section, optionText(wish.name, value), under)
  if (last.value === value && sayLoose(last.name) === sayLoose(wish.name)) return file
  const raw = rewritten(last.raw, wish.name, value)
  return parseOptionFile(file.lines.map((line) => (line === last ? raw : line.raw)).join(''))
}

/** The lines of all sections of a group, or of the one below the comment. */
function sectionOf(lines: readonly Line[], group: string, under: string | undefined): Line[] {
  let isIn = false
  return lines.filter((line, at) => {
    if (line.kind === 'group') {
      const above = lines[at - 1]
      const isOurs = under === undefined || (above?.kind === 'comment' && above.raw.trim() === `# ${under}`)
      isIn = isOurs && line.name.toLowerCase() === group.toLowerCase()
    }
    return isIn
  })
}

function inserted(file: OptionFile, group: string, section: readonly Line[], text: string, under?: string): OptionFile {
  const bytes = printOptionFile(file)
  const end = /\r\n[^\n]*$/.test(bytes) ? '\r\n' : '\n'
  const behind = section.findLast(({ kind }) => kind === 'option' || kind === 'group')
  const lines = file.lines.map((line) => line.raw)
  const at = behind ? behind.line : lines.length
  const before = lines.slice(0, at)
  const [last = ''] = before.slice(-1)
  if (last !== '' && !last.endsWith('\n')) {
    if (/^\s*!/.test(last)) throw refuse('The last line of the file is an include without a line end.')
    before.push(end)
  }
  const head = under === undefined ? [] : [`# ${under}${end}`]
  const isApart = before.length === 0 || file.lines.at(-1)?.kind === 'blank'
  const opening = behind ? [] : [isApart ? '' : end, ...head, `[${group}]${end}`]
  return parseOptionFile([...before, ...opening, `${text}${end}`, ...lines.slice(at)].join(''))
}

function rewritten(raw: string, name: string, value: string | null): string {
  const parts = partsOf(raw)
  const kept = withUnderscores(parts.name) === withUnderscores(name) ? parts.name : name
  const [equals, written] = value === null ? ['', ''] : [parts.equals || ' = ', writeValue(name, value)]
  const isTight = written === '' && parts.tail === ''
  return checked(joinParts({ ...parts, name: kept, equals: isTight ? equals.trimEnd() : equals, value: written }))
}

function optionText(name: string, value: string | null): string {
  return checked(value === null ? name : `${name} = ${writeValue(name, value)}`.trimEnd())
}

function checked(line: string): string {
  if (line.replace(/\r?\n$/, '').length <= MAX_LINE) return line
  throw refuse(`The line would be longer than the ${MAX_LINE} bytes that the server reads.`)
}

function isSame(a: string, b: string): boolean {
  return nameOf(a) === nameOf(b)
}

function nameOf(written: string): string {
  return readOptionName(written, null).name.toLowerCase()
}

function sayLoose(written: string): boolean {
  return readOptionName(written, null).isLoose
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) && withUnderscores(name) !== 'set_variable') return
  throw refuse(`Expected the name of an option (letters, digits, "_", "-", "."), got ${JSON.stringify(name)}.`)
}
