/** `dbname = "bacula"` as it stands in a configuration. The name is in lower case and without spaces, as Bacula compares it. */
export interface ConfigDirective {
  name: string
  value: string
  line: number
}

/** `Catalog { … }`; the whole file is one too, without a type. */
export interface ConfigBlock {
  type: string
  line: number
  directives: readonly ConfigDirective[]
  blocks: readonly ConfigBlock[]
  /** `@/etc/bacula/more.conf`, `@|"a program"`: what is brought in here from elsewhere, and not read. */
  includes: readonly { text: string; line: number }[]
}

/** A text that is no configuration of Bacula; the message is a sentence with the line. */
export class ConfigError extends Error {}

interface OpenBlock extends ConfigBlock {
  directives: ConfigDirective[]
  blocks: ConfigBlock[]
  includes: { text: string; line: number }[]
}

/**
 * Reads a configuration of Bacula or Bareos by the rules of their own reader (src/lib/lex.c, parse_conf.c): names without
 * regard to case and blanks, values quoted with \ as escape or plain, ; or the line's end after each, # for comments.
 * Includes are named, never followed. Pure. Throws `ConfigError` for quotes or braces that are left open.
 */
export function parseConfig(text: string): ConfigBlock {
  const root = openBlock('', 1)
  readInto(new Cursor(text), root, true)
  return root
}

class Cursor {
  at = 0
  line = 1
  constructor(readonly text: string) {}

  /** The character that comes next; '' at the end. */
  peek(): string {
    return this.text[this.at] ?? ''
  }

  next(): string {
    const char = this.peek()
    if (char === '\n') this.line += 1
    this.at += 1
    return char
  }

  /** Past all characters of the set; gives them. */
  while(isPart: (char: string) => boolean): string {
    const from = this.at
    while (this.peek() !== '' && isPart(this.peek())) this.next()
    return this.text.slice(from, this.at)
  }
}

const isBlank = (char: string) => /[\s\0]/.test(char) && char !== '\n'
const endsWord = (char: string) => /[\s;,={}#"\0]/.test(char)

function readInto(cursor: Cursor, block: OpenBlock, isRoot: boolean): void {
  for (;;) {
    skipSpace(cursor, true)
    switch (cursor.peek()) {
      case '':
        if (isRoot) return
        throw new ConfigError(`The { of line ${block.line} is never closed.`)
      case '}':
        if (isRoot) throw new ConfigError(`Line ${cursor.line} closes a } that was never opened.`)
        cursor.next()
        return
      case '@':
        block.includes.push(readInclude(cursor))
        break
      default:
        readEntry(cursor, block)
    }
  }
}

function readEntry(cursor: Cursor, block: OpenBlock): void {
  const { line } = cursor
  const name = cursor
    .while((char) => !/[={};#"\n]/.test(char))
    .replace(/\s+/g, '')
    .toLowerCase()
  // The brace or the sign may stand on a later line.
  skipSpace(cursor, false)
  if (name !== '' && cursor.peek() === '{') {
    readBlock(cursor, block, name, line)
    return
  }
  if (name === '' || cursor.peek() !== '=') {
    skipRest(cursor)
    return
  }
  cursor.next()
  cursor.while(isBlank)
  if (cursor.peek() === '{') {
    readBlock(cursor, block, name, line)
    return
  }
  if (cursor.peek() === '@') block.includes.push(readInclude(cursor))
  else block.directives.push({ name, value: cursor.peek() === '"' ? readQuoted(cursor) : readPlain(cursor), line })
  skipRest(cursor)
}

function readBlock(cursor: Cursor, parent: OpenBlock, type: string, line: number): void {
  cursor.next()
  const block = openBlock(type, line)
  readInto(cursor, block, false)
  parent.blocks.push(block)
}

function readQuoted(cursor: Cursor): string {
  const { line } = cursor
  cursor.next()
  let value = ''
  while (cursor.peek() !== '"') {
    if (cursor.peek() === '') throw new ConfigError(`The quote of line ${line} is never closed.`)
    const char = cursor.next()
    if (char === '\\') value += cursor.next()
    else if (char !== '\n') value += char
  }
  cursor.next()
  return value
}

// As long as it is letters alone, blanks within it do not count; with any other character the first blank ends it.
function readPlain(cursor: Cursor): string {
  let value = ''
  let isLettersOnly = true
  for (;;) {
    if (isBlank(cursor.peek()) && isLettersOnly) cursor.next()
    else if (cursor.peek() === '' || endsWord(cursor.peek())) return value
    else {
      isLettersOnly &&= /[a-z]/i.test(cursor.peek())
      value += cursor.next()
    }
  }
}

function readInclude(cursor: Cursor): { text: string; line: number } {
  const { line } = cursor
  const text = cursor.while((char) => char !== '\n').trim()
  return { text, line }
}

/** What stands behind a value in its line says nothing to us; quotes and braces in it are passed whole. */
function skipRest(cursor: Cursor): void {
  let depth = 0
  for (;;) {
    const char = cursor.peek()
    if (char === '' || char === '\n' || char === '#' || (depth === 0 && (char === ';' || char === '}'))) return
    if (char === '"') readQuoted(cursor)
    else {
      depth += char === '{' ? 1 : char === '}' ? -1 : 0
      cursor.next()
    }
  }
}

function skipSpace(cursor: Cursor, andEnds: boolean): void {
  for (;;) {
    cursor.while((char) => /[\s\0]/.test(char) || (andEnds && char === ';'))
    if (cursor.peek() !== '#') return
    cursor.while((char) => char !== '\n')
  }
}

function openBlock(type: string, line: number): OpenBlock {
  return { type, line, directives: [], blocks: [], includes: [] }
}
