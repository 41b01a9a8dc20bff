import { type PhysicalLine, physicalLines } from './logical-lines'
import type { Word } from './master-words'

/** What becomes of one word: other bytes, or nothing when `bytes` is null. */
export interface WordEdit {
  word: Word
  bytes: string | null
}

/**
 * The bytes of an entry with some words exchanged or taken out. Lines that are left without a word go; comments stay,
 * also those inside a word in braces, which then stand behind what the word became.
 */
export function spliceWords(raw: string, edits: readonly WordEdit[]): string {
  let start = 0
  const lines = physicalLines(raw).map((line) => {
    const at = start
    start += line.raw.length
    return line.isText ? spliceLine(line, at, edits) : line.raw
  })
  return lines.join('')
}

function spliceLine({ raw }: PhysicalLine, start: number, edits: readonly WordEdit[]): string {
  const lineEnd = start + raw.replace(/\r?\n$/, '').length
  const here = edits.filter(({ word }) => word.start < lineEnd && word.end > start)
  if (here.length === 0) return raw
  // From the last one, so that the places of the others stay true.
  const edited = here
    .toSorted((a, b) => b.word.start - a.word.start)
    .reduce((line, { word, bytes }) => {
      const isHead = word.start >= start
      // Of a word that began above, only the rest stands here: the line still has to be indented.
      const before = isHead ? line.slice(0, word.start - start) : (/^[ \t]*/.exec(line)?.[0] ?? '')
      const after = line.slice(Math.min(lineEnd, word.end) - start)
      if (bytes !== null && isHead) return `${before}${bytes}${after}`
      const isFirst = /^[ \t]*$/.test(before)
      return isFirst ? `${before}${after.replace(/^[ \t]+/, '')}` : `${before.replace(/[ \t]+$/, '')}${after}`
    }, raw)
  return /^[ \t\r\n]*$/.test(edited) ? '' : edited
}
