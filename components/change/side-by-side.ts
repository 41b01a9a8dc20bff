import type { DiffGap, DiffLine, FileDiff } from './diff-lines'

export type SideRow = DiffGap | { kind: 'pair'; left: DiffLine | null; right: DiffLine | null }

/** A diff's lines as rows of two columns: before at the left, after at the right. */
export function sideBySide(diff: FileDiff): SideRow[] {
  const rows: SideRow[] = []
  let left: DiffLine[] = []
  let right: DiffLine[] = []
  const close = () => {
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      rows.push({ kind: 'pair', left: left[at] ?? null, right: right[at] ?? null })
    }
    left = []
    right = []
  }
  for (const line of diff.lines) {
    if (line.kind === 'del') left.push(line)
    else if (line.kind === 'add') right.push(line)
    else {
      close()
      rows.push(line.kind === 'gap' ? line : { kind: 'pair', left: line, right: line })
    }
  }
  close()
  return rows
}
