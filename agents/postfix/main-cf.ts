import { type Block, commentsOf, ended, lineEndOf, parseBlocks, printBlocks, rawOf, textOf } from './logical-lines'
import { checkedValue, checkName, splitNameValue } from './name-value'

/** main.cf, see postconf(5). Every byte is kept; see `logical-lines`. */
export interface MainCf {
  blocks: readonly Block[]
}

/** One `name = value` of the file. */
export interface Parameter {
  name: string
  /** As Postfix reads it: continuation lines joined, trimmed; `$name` in it is not expanded. */
  value: string
  /** Where it begins, from 1. */
  line: number
}

/** Understands a file, any bytes (latin1). Never throws. */
export function parseMainCf(bytes: string): MainCf {
  return { blocks: parseBlocks(bytes) }
}

export function printMainCf({ blocks }: MainCf): string {
  return printBlocks(blocks)
}

/** All parameters in the file's order; one that is given twice stands here twice. */
export function listParameters({ blocks }: MainCf): Parameter[] {
  return blocks.flatMap((block) => parameterOf(block) ?? [])
}

/** The parameter that counts: of several with the same name, the last one. */
export function findParameter(doc: MainCf, name: string): Parameter | null {
  return listParameters(doc).findLast((parameter) => parameter.name === name) ?? null
}

/**
 * Gives a parameter a value (trimmed). Its last occurrence becomes one line; the comments inside stay behind it. When
 * there is none, a line is put at the end. A document that says so already comes back as it is.
 * @throws AppError `invalid` for a name or a value that would not be read back
 */
export function setParameter(doc: MainCf, name: string, value: string): MainCf {
  checkName(name)
  const wanted = checkedValue(name, value)
  const at = doc.blocks.findLastIndex((block) => parameterOf(block)?.name === name)
  const block = doc.blocks[at]
  const bytes = printMainCf(doc)
  if (!block) return parseMainCf(`${ended(bytes)}${name} =${wanted === '' ? '' : ` ${wanted}`}${lineEndOf(bytes)}`)
  if (parameterOf(block)?.value === wanted) return doc
  const before = printBlocks(doc.blocks.slice(0, at))
  const after = printBlocks(doc.blocks.slice(at + 1))
  return parseMainCf(`${before}${oneLine(block, name, wanted)}${commentsOf(block)}${after}`)
}

/** Takes out every occurrence of a parameter; comments between its lines stay. */
export function removeParameter(doc: MainCf, name: string): MainCf {
  const kept = doc.blocks.map((block) => (parameterOf(block)?.name === name ? commentsOf(block) : rawOf(block)))
  return parseMainCf(kept.join(''))
}

function parameterOf(block: Block): Parameter | null {
  if (block.kind !== 'text') return null
  const split = splitNameValue(textOf(block))
  return split.ok ? { name: split.name, value: split.value, line: block.line } : null
}

function oneLine(block: Block, name: string, value: string): string {
  const [first = ''] = block.lines.map(({ raw }) => raw)
  const [lineEnd = ''] = /\r?\n$/.exec(first) ?? []
  // The "=" may stand on a continuation line, and the value may begin on one.
  const [, before = ' ', behind = ' ', rest = ''] = /^[^ \t\v\f\r\n=]+([ \t]*)=([ \t]*)([^\r\n]*)/.exec(first) ?? []
  const space = rest === '' && behind === '' && before !== '' ? ' ' : behind
  return `${name}${before}=${value === '' ? '' : space}${value}${lineEnd}`
}
