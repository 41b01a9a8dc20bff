import { refuse } from '@/lib/agent'
import { splitEndpoint } from './endpoint'
import { hasNul, lineEndOf, physicalLines } from './logical-lines'
import { parseMasterCf, type Service } from './master-cf'
import { FIELDS, isBalanced, type Word, wordsOf } from './master-words'
import { checkedValue, checkName } from './name-value'
import { type OptionAt, readOptions } from './read-options'
import { spliceWords, type WordEdit } from './splice-words'

/**
 * The bytes of a service under another name: its first field exchanged, every other byte as it was.
 * @throws AppError `invalid` for a name that no service of its type can have
 */
export function renamed(service: Service, newName: string): string {
  if (!/^[\x21-\x7e]+$/.test(newName) || newName.startsWith('#')) {
    throw refuse(`Expected the name of a service, got ${JSON.stringify(newName)}.`)
  }
  const endpoint = service.type === 'inet' ? splitEndpoint(newName) : null
  if (endpoint?.ok === false) throw refuse(`No service can listen on ${newName}: ${endpoint.why}.`)
  return newName + service.raw.slice(service.name.length)
}

/**
 * The bytes of a second service like this one, under another name; the comments inside are the first one's alone.
 * @throws AppError `invalid` for a name that no service of its type can have
 */
export function copied(service: Service, newName: string): string {
  const lines = physicalLines(renamed(service, newName)).filter(({ isText }) => isText)
  return lines.map(({ raw }) => raw).join('')
}

/**
 * The bytes of a service with an `-o` set: the last one of this name is changed where it stands; a new one gets a line
 * of its own behind the other options, indented as they are. Options must stand before the program's own arguments
 * (`argv=` of pipe(8)): there it is put before them. A service that says so already comes back as it is.
 * @param allowBraces whether this Postfix understands `{ name = value }` (3.0 and later): values with spaces need it
 * @throws AppError `invalid` for what could not be read back
 */
export function withOption(
  service: Service,
  name: string,
  value: string,
  { allowBraces }: { allowBraces: boolean },
): string {
  checkName(name)
  const wanted = checkedValue(name, value)
  if (!isBalanced(wanted)) throw refuse(`The value of ${name} has a brace without its other half.`)
  if (/[ \t]/.test(wanted) && !allowBraces) {
    throw refuse(
      `The value of ${name} has spaces: in master.cf that needs Postfix 3.0. Set it in main.cf, and name it here by "$".`,
    )
  }
  const { raw, words, read } = partsOf(service)
  const last = read.options.findLast((option) => option.name === name)
  if (last?.value === wanted) return raw
  const bytes = last
    ? spliceWords(raw, [changed(words, last, wanted, allowBraces)])
    : inserted(raw, words[read.end], `-o ${optionText(name, wanted)}`)
  return checkedEdit(service, bytes, [...service.options, { name, value: wanted }])
}

/**
 * The bytes of a service without any `-o` of this name. Comments between its lines stay.
 * @throws AppError `invalid` when what stands around it would be read otherwise then
 */
export function withoutOption(service: Service, name: string): string {
  const { raw, words, read } = partsOf(service)
  const edits = read.options
    .filter((option) => option.name === name)
    .flatMap(({ valueWord, attached }) => removed(words, valueWord, attached))
  if (edits.length === 0) return raw
  const others = service.options.filter((option) => option.name !== name)
  return checkedEdit(service, spliceWords(raw, edits), others)
}

function partsOf({ raw, key }: Service) {
  const lines = physicalLines(raw)
  if (hasNul({ lines })) throw refuse(`The entry ${key} of master.cf has a NUL byte: put that right by hand first.`)
  const words = wordsOf(lines)
  const read = readOptions(words)
  const [broken] = read.broken
  if (broken) throw refuse(`The options of ${key} in master.cf cannot be read: ${broken}.`)
  return { raw, words, read }
}

function optionText(name: string, value: string): string {
  return /[ \t]/.test(value) ? `{ ${name} = ${value} }` : `${name}=${value}`
}

function changed(words: readonly Word[], option: OptionAt, value: string, allowBraces: boolean): WordEdit {
  const { name, attached, valueWord } = option
  const word = words[valueWord] ?? { text: '', start: 0, end: 0 }
  // Attached to the "-o" braces are not understood.
  const before = word.text.slice(0, attached)
  const text = optionText(name, value)
  if (attached > 0) return { word, bytes: `${before}${text.startsWith('{') ? ' ' : ''}${text}` }
  const isBraced = word.text.startsWith('{') && allowBraces && value !== ''
  return { word, bytes: isBraced ? `{ ${name} = ${value} }` : text }
}

function removed(words: readonly Word[], valueWord: number, attached: number): WordEdit[] {
  const word = words[valueWord]
  if (!word) return []
  const flags = attached > 0 ? word : words[valueWord - 1]
  // Of `-vo name=value` the -v stays.
  const others = flags?.text.slice(0, attached > 0 ? attached - 1 : -1) ?? ''
  const flagsEdit = flags ? [{ word: flags, bytes: others === '-' ? null : others }] : []
  return attached > 0 ? flagsEdit : [...flagsEdit, { word, bytes: null }]
}

// `before` is the first of the program's own arguments.
function inserted(raw: string, before: Word | undefined, option: string): string {
  const lineEnd = lineEndOf(raw)
  const line = `${indentOf(raw)}${option}${lineEnd}`
  if (!before) return `${raw}${raw.endsWith('\n') ? '' : lineEnd}${line}`
  const lineStart = raw.lastIndexOf('\n', before.start - 1) + 1
  const isFirst = /^[ \t]*$/.test(raw.slice(lineStart, before.start))
  return isFirst
    ? `${raw.slice(0, lineStart)}${line}${raw.slice(lineStart)}`
    : `${raw.slice(0, before.start)}${option} ${raw.slice(before.start)}`
}

function indentOf(raw: string): string {
  const indents = physicalLines(raw)
    .slice(1)
    .filter(({ isText }) => isText)
    .map((line) => ({ text: line.raw, indent: /^[ \t]*/.exec(line.raw)?.[0] ?? '' }))
  const model = indents.findLast(({ text, indent }) => text.startsWith('-o', indent.length)) ?? indents.at(-1)
  return model?.indent || '  '
}

// Odd entries read otherwise when something in them moves: a "#" that comes to stand first makes its line a comment.
function checkedEdit(before: Service, bytes: string, options: Service['options']): string {
  const texts = parseMasterCf(bytes).entries.filter((entry) => entry.kind === 'service' || entry.what !== 'gap')
  const [after] = texts
  const isOne = texts.length === 1 && after?.kind === 'service'
  if (isOne && meaningOf(after, after.options) === meaningOf(before, options)) return bytes
  throw refuse(`The entry ${before.key} of master.cf is written so that its options cannot be changed safely.`)
}

function meaningOf({ raw }: Service, options: Service['options']): string {
  const words = wordsOf(physicalLines(raw)).map(({ text }) => text)
  const { end } = readOptions(wordsOf(physicalLines(raw)))
  const effective = new Map(options.map(({ name, value }) => [name, value]))
  return JSON.stringify([words.slice(0, FIELDS), words.slice(end), [...effective].toSorted()])
}
