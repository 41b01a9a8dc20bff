/**
 * How Postfix cuts main.cf and master.cf into logical lines, see postconf(5) and master(5). Bytes are latin1 strings,
 * one char a byte. Parsing keeps every byte: the lines of all blocks, one after the other, are the file.
 */

/** One line of the file, with its line end. */
export interface PhysicalLine {
  raw: string
  /** False for comments and for lines of nothing but whitespace, wherever they stand. */
  isText: boolean
}

/** Lines that belong together. */
export interface Block {
  /**
   * `text`: a logical line, up to the last line that continues it, with the comments and blank lines in between.
   * `gap`: comments and blank lines between two logical lines.
   * `orphan`: indented text at the file's beginning, which continues nothing: Postfix warns and ignores it.
   */
  kind: 'text' | 'gap' | 'orphan'
  /** Of its first line, from 1. */
  line: number
  lines: readonly PhysicalLine[]
}

// isspace(3) of the C locale for bytes below 128. Not \s, which also means the bytes 0xA0 and beyond.
const SPACE = ' \\t\\n\\v\\f\\r'
const startsWithSpace = new RegExp(`^[${SPACE}]`)
const ignored = new RegExp(`^[${SPACE}]*(?:#|$)`)

/** Understands a file. Never throws: any string is a file. */
export function parseBlocks(bytes: string): Block[] {
  const lines = physicalLines(bytes)
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const first = lines[at]
    const end = first?.isText ? endOfText(lines, at) : endOfGap(lines, at)
    const kind = !first?.isText ? 'gap' : startsWithSpace.test(first.raw) ? 'orphan' : 'text'
    blocks.push({ kind, line: at + 1, lines: lines.slice(at, end) })
    at = end
  }
  return blocks
}

/** The bytes of blocks; of those that were only parsed, exactly those of the file. */
export function printBlocks(blocks: readonly Block[]): string {
  return blocks.map(rawOf).join('')
}

export function rawOf({ lines }: Pick<Block, 'lines'>): string {
  return lines.map(({ raw }) => raw).join('')
}

/** The bytes of a block's comments and blank lines alone. */
export function commentsOf({ lines }: Pick<Block, 'lines'>): string {
  return rawOf({ lines: lines.filter(({ isText }) => !isText) })
}

/** Cuts at newlines; only the last line may have none. */
export function physicalLines(bytes: string): PhysicalLine[] {
  const raws = bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []
  return raws.map((raw) => ({ raw, isText: !ignored.test(raw) }))
}

/**
 * The text of a logical line as Postfix joins it (util/readlline.c): its lines without their newlines and nothing in
 * between, carriage returns and indentation kept. C strings end at a NUL, and what stands behind is never read.
 */
export function textOf({ lines }: Pick<Block, 'lines'>): string {
  const text = lines.map(({ raw, isText }) => (isText ? raw.replace(/\n$/, '') : '')).join('')
  const nul = text.indexOf('\0')
  return nul < 0 ? text : text.slice(0, nul)
}

/** Whether a NUL hides the rest of the logical line from Postfix. */
export function hasNul({ lines }: Pick<Block, 'lines'>): boolean {
  return lines.some(({ raw, isText }) => isText && raw.includes('\0'))
}

/** How the last ended line of these bytes ends; a newline when none does. */
export function lineEndOf(bytes: string): '\n' | '\r\n' {
  return /\r\n[^\n]*$/.test(bytes) ? '\r\n' : '\n'
}

/** The bytes with a line end behind their last line, when it has none. */
export function ended(bytes: string, lineEnd: string = lineEndOf(bytes)): string {
  return bytes === '' || bytes.endsWith('\n') ? bytes : `${bytes}${lineEnd}`
}

/** Without the whitespace at both ends, as Postfix trims: no byte of 128 and beyond counts. */
export function trimSpace(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && startsWithSpace.test(text.charAt(start))) start += 1
  while (end > start && startsWithSpace.test(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

// Comments and blank lines do not end a logical line; it ends where the next one begins.
function endOfText(lines: readonly PhysicalLine[], from: number): number {
  let end = from + 1
  for (let at = end; at < lines.length; at += 1) {
    const line = lines[at]
    if (!line?.isText) continue
    if (!startsWithSpace.test(line.raw)) break
    end = at + 1
  }
  return end
}

function endOfGap(lines: readonly PhysicalLine[], from: number): number {
  const next = lines.findIndex((line, at) => at > from && line.isText)
  return next < 0 ? lines.length : next
}
