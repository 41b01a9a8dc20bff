import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DiffLine, diffLines, type FileDiff } from './diff-lines'
import { sideBySide } from './side-by-side'

const textOfLine = (line: DiffLine) => line.segments.map((segment) => segment.text).join('')

function written(diff: FileDiff): string[] {
  const signs = { same: ' ', add: '+', del: '-' }
  return diff.lines.map((line) => {
    if (line.kind === 'gap') return `… ${line.lines}`
    return `${line.kind === 'del' ? line.before : line.after}${signs[line.kind]}${textOfLine(line)}`
  })
}

const ten = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('')
const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '  x'), { maxLength: 12 })
const texts = fc.tuple(lines, fc.boolean()).map(([some, isEnded]) => some.join('\n') + (isEnded ? '\n' : ''))

describe('diffLines', () => {
  it('keeps three lines around a change and leaves the others out', () => {
    const diff = diffLines(ten, ten.replace('line 5', 'line five'))
    expect(written(diff)).toEqual([
      '1 line 1',
      '2 line 2',
      '3 line 3',
      '4 line 4',
      '5-line 5',
      '5+line five',
      '6 line 6',
      '7 line 7',
      '8 line 8',
      '… 2',
    ])
    expect([diff.added, diff.removed]).toEqual([1, 1])
  })

  it('marks the words that changed, on both sides', () => {
    const diff = diffLines('inet_interfaces = all\n', 'inet_interfaces = loopback-only\n')
    const changed = diff.lines.map((line) =>
      line.kind === 'gap' ? [] : line.segments.filter((segment) => segment.isChanged).map((segment) => segment.text),
    )
    expect(changed).toEqual([['all'], ['loopback-only']])
  })

  it('marks no words where the lines have little in common', () => {
    const diff = diffLines('one two three\n', 'four five six\n')
    expect(
      diff.lines.flatMap((line) => (line.kind === 'gap' ? [] : line.segments)).some((word) => word.isChanged),
    ).toBe(false)
  })

  it('takes null for no file, and tells a missing line break at the end', () => {
    expect(written(diffLines(null, 'a\nb\n'))).toEqual(['1+a', '2+b'])
    expect(written(diffLines('a\n', null))).toEqual(['1-a'])
    const unended = diffLines('a\nb\n', 'a\nb')
    expect(unended.lines.map((line) => line.kind !== 'gap' && line.isUnended)).toEqual([false, false, true])
    expect(diffLines('a\n', 'a\n')).toEqual({
      lines: [expect.objectContaining({ kind: 'same' })],
      added: 0,
      removed: 0,
    })
  })

  it('shows no secret on either side, and still that it changed', () => {
    const diff = diffLines('password = old7secret\n', 'password = new7secret\n', {
      secrets: ['old7secret', 'new7secret'],
    })
    expect(written(diff)).toEqual(['1-password = ••••', '1+password = ••••'])
    const key = '-----BEGIN-----\nAAAABBBB\n-----END-----'
    const shown = written(diffLines(null, `key:\n${key}\n`, { secrets: [key] })).join('\n')
    expect(shown).not.toContain('AAAABBBB')
  })

  it('stays quick on files that have nothing in common', () => {
    const many = (word: string) => Array.from({ length: 6000 }, (_, index) => `${word} ${index}\n`).join('')
    const diff = diffLines(many('a'), many('b'))
    expect([diff.added, diff.removed]).toEqual([6000, 6000])
  })

  it('loses no line: kept and removed lines are the old file, kept and added ones the new', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        fc.pre(before !== after)
        const diff = diffLines(before, after, { context: 100 })
        const side = (out: 'add' | 'del') =>
          diff.lines
            .filter((line): line is DiffLine => line.kind !== 'gap' && line.kind !== out)
            .map((line) => textOfLine(line) + (line.isUnended ? '' : '\n'))
            .join('')
        expect(side('add')).toBe(before)
        expect(side('del')).toBe(after)
      }),
    )
  })
})

it('puts the two sides of a change beside each other', () => {
  const rows = sideBySide(diffLines('a\nb\nc\n', 'a\nx\ny\nc\n'))
  const shown = rows.map((row) =>
    row.kind === 'gap' ? row : [row.left && textOfLine(row.left), row.right && textOfLine(row.right)],
  )
  expect(shown).toEqual([
    ['a', 'a'],
    ['b', 'x'],
    [null, 'y'],
    ['c', 'c'],
  ])
})
