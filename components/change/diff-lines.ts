import { diffArrays, diffWordsWithSpace } from 'diff'
import { maskSecrets } from './mask-secrets'

export interface DiffSegment {
  text: string
  /** A word that the other side does not have. */
  isChanged: boolean
}

export interface DiffLine {
  kind: 'same' | 'add' | 'del'
  /** Line numbers, from 1; null on the side that does not have the line. */
  before: number | null
  after: number | null
  segments: readonly DiffSegment[]
  /** The file's last line, and no line break behind it. */
  isUnended: boolean
}

/** Unchanged lines that are left out. */
export interface DiffGap {
  kind: 'gap'
  lines: number
}

export interface FileDiff {
  lines: readonly (DiffLine | DiffGap)[]
  added: number
  removed: number
}

interface Line {
  text: string
  isUnended: boolean
}

/** Beyond so many differing lines the search for the shortest diff takes seconds; then all of one side stands against all of the other. */
const maxEdits = 1500

/**
 * Compares two texts line by line; null means that there is no such file. Pure; meant for the server.
 * `secrets` are compared as they are and shown as ••••; `context` unchanged lines (3) stay around every change.
 */
export function diffLines(
  before: string | null,
  after: string | null,
  { secrets = [], context = 3 }: { secrets?: readonly string[]; context?: number } = {},
): FileDiff {
  const left = split(before ?? '')
  const right = split(after ?? '')
  const parts = diffArrays(left, right, { comparator: isSame, maxEditLength: maxEdits })
  const blocks = parts ?? [
    { removed: true, added: false, value: left },
    { removed: false, added: true, value: right },
  ]
  const lines: DiffLine[] = []
  const at = { before: 1, after: 1 }
  let removed: Line[] = []
  for (const block of blocks) {
    if (block.removed) {
      removed = block.value
      continue
    }
    if (block.added) lines.push(...changeOf(removed, block.value, at, secrets))
    else lines.push(...changeOf(removed, [], at, secrets), ...block.value.map((line) => sameOf(line, at, secrets)))
    removed = []
  }
  lines.push(...changeOf(removed, [], at, secrets))
  return {
    lines: fold(lines, context),
    added: lines.filter((line) => line.kind === 'add').length,
    removed: lines.filter((line) => line.kind === 'del').length,
  }
}

function split(text: string): Line[] {
  if (text === '') return []
  const isEnded = text.endsWith('\n')
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n')
  return lines.map((line, index) => ({ text: line, isUnended: !isEnded && index === lines.length - 1 }))
}

function isSame(left: Line, right: Line): boolean {
  return left.text === right.text && left.isUnended === right.isUnended
}

type At = { before: number; after: number }

function sameOf(line: Line, at: At, secrets: readonly string[]): DiffLine {
  const segments = [{ text: maskSecrets(line.text, secrets), isChanged: false }]
  return { kind: 'same', before: at.before++, after: at.after++, segments, isUnended: line.isUnended }
}

/** A block of removed lines and the added ones in its place; lines at the same place in both are compared word by word. */
function changeOf(removed: readonly Line[], added: readonly Line[], at: At, secrets: readonly string[]): DiffLine[] {
  const pairs = removed.map((line, index) => compareWords(line.text, added[index]?.text, secrets))
  const dels = removed.map((line, index): DiffLine => {
    const segments = pairs[index]?.left ?? []
    return { kind: 'del', before: at.before++, after: null, segments, isUnended: line.isUnended }
  })
  const adds = added.map((line, index): DiffLine => {
    const segments = pairs[index]?.right ?? compareWords(line.text, undefined, secrets).left
    return { kind: 'add', before: null, after: at.after++, segments, isUnended: line.isUnended }
  })
  return [...dels, ...adds]
}

/** Underlining helps only where most of the line stays. */
const minShared = 0.4

function compareWords(left: string, right: string | undefined, secrets: readonly string[]) {
  const masked = { left: maskSecrets(left, secrets), right: maskSecrets(right ?? '', secrets) }
  const whole = (text: string): DiffSegment[] => [{ text, isChanged: false }]
  const plain = { left: whole(masked.left), right: whole(masked.right) }
  if (right === undefined || masked.left.length + masked.right.length > 4000) return plain
  const parts = diffWordsWithSpace(masked.left, masked.right)
  const shared = parts.filter((part) => !part.added && !part.removed)
  const sharedLength = shared.reduce((sum, part) => sum + part.value.trim().length, 0)
  if (sharedLength < minShared * Math.max(masked.left.trim().length, masked.right.trim().length)) return plain
  const side = (other: 'added' | 'removed') =>
    parts
      .filter((part) => !part[other])
      .map((part) => ({ text: part.value, isChanged: Boolean(part.added || part.removed) }))
  return { left: side('added'), right: side('removed') }
}

/** Leaves out unchanged lines that stand further than `context` from a change; a single line is never worth a gap. */
function fold(lines: readonly DiffLine[], context: number): (DiffLine | DiffGap)[] {
  const isNear = lines.map(() => false)
  lines.forEach((line, index) => {
    if (line.kind === 'same') return
    isNear.fill(true, Math.max(0, index - context), index + context + 1)
  })
  const folded: (DiffLine | DiffGap)[] = []
  let hidden: DiffLine[] = []
  const close = () => {
    if (hidden.length > 1) folded.push({ kind: 'gap', lines: hidden.length })
    else folded.push(...hidden)
    hidden = []
  }
  lines.forEach((line, index) => {
    if (!isNear[index]) {
      hidden.push(line)
      return
    }
    close()
    folded.push(line)
  })
  close()
  return folded
}
