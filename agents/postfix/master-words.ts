import type { PhysicalLine } from './logical-lines'
import { textOf, trimSpace } from './logical-lines'

/** One word of a master.cf entry, and where it stands in the entry's bytes. */
export interface Word {
  text: string
  /** Of its first byte in the raw entry. */
  start: number
  /** Behind its last byte. A word in braces may go over several lines: comments in between are not in `text`. */
  end: number
}

/** The fields before the arguments: service type private unpriv chroot wakeup maxproc command. */
export const FIELDS = 8

/**
 * The words of an entry as Postfix cuts them (master/master_ent.c): the eight fields at whitespace, the arguments so
 * that what stands in balanced braces is one word (since 3.0; before it nothing but odd arguments reads otherwise).
 */
export function wordsOf(lines: readonly PhysicalLine[]): Word[] {
  const text = textOf({ lines })
  const rawAt = placesOf(lines)
  const words: Word[] = []
  for (let at = 0; at < text.length; ) {
    if (isBlank(text.charAt(at))) {
      at += 1
      continue
    }
    const end = endOfWord(text, at, words.length >= FIELDS)
    words.push({ text: text.slice(at, end), start: rawAt(at), end: rawAt(end - 1) + 1 })
    at = end
  }
  return words
}

/** The word that the program gets: of one that begins with a brace, what stands inside, trimmed; null when it is broken. */
export function argumentOf({ text }: Word): string | null {
  if (!text.startsWith('{')) return text
  const inside = text.slice(1, -1)
  return isBalanced(inside) && text.endsWith('}') && text.length > 1 ? trimSpace(inside) : null
}

/** Whether every brace has its other half, in this order. */
export function isBalanced(text: string): boolean {
  let level = 0
  for (const char of text) {
    if (char === '{') level += 1
    if (char === '}') level -= 1
    if (level < 0) return false
  }
  return level === 0
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n'
}

function endOfWord(text: string, from: number, knowsBraces: boolean): number {
  let level = 0
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (knowsBraces && char === '{') level += 1
    else if (level > 0 && char === '}') level -= 1
    else if (level === 0 && isBlank(char)) return at
  }
  return text.length
}

// The text is the lines with text, without their newlines; the raw entry is all lines.
function placesOf(lines: readonly PhysicalLine[]): (at: number) => number {
  const pieces: { text: number; raw: number }[] = []
  let [text, raw] = [0, 0]
  for (const line of lines) {
    if (line.isText) {
      pieces.push({ text, raw })
      text += line.raw.replace(/\n$/, '').length
    }
    raw += line.raw.length
  }
  // Words are asked for from the first to the last, so that nothing is looked through twice.
  let last = 0
  return (at) => {
    while ((pieces[last + 1]?.text ?? Number.POSITIVE_INFINITY) <= at) last += 1
    const piece = pieces[last] ?? { text: 0, raw: 0 }
    return piece.raw + at - piece.text
  }
}
