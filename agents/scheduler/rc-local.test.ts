import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import { type BlockEntry, printBlock, splitBlock } from './rc-block'
import { editRcLocal, rcLocalEntries } from './rc-local'

const entries: BlockEntry[] = [
  { identity: { kind: 'name', value: 'sda', also: null }, scheduler: 'deadline' },
  { identity: { kind: 'attr', value: "naa.5'$(exit 1)`x`", also: 'device/wwid' }, scheduler: 'none' },
]
const shells = [['dash'], ['busybox', 'ash'], ['posh'], ['bash'], ['sh']].filter(
  ([program = '']) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
)

function edited(bytes: string | null, wanted: readonly BlockEntry[] = entries): string {
  const edit = editRcLocal(bytes, wanted)
  if (!edit.ok) throw new Error(`expected an edit, got: ${edit.why}`)
  if (edit.bytes === null) throw new Error('expected bytes, got no file')
  return edit.bytes
}

describe('a start script', () => {
  const exits = [
    'exit 0\n',
    'exit 0',
    '  exit   0  # done\n',
    'exit\n',
    'exit 0\r\n',
    'true; exit 0\n',
    'exec true\n',
    '',
  ]

  it.each(exits)('gets the block right before its end %j', (end) => {
    const bytes = `#!/bin/sh -e\n# exit 0 ends it\ntrue\n${end}`
    const after = edited(bytes)
    const { before, block } = splitBlock(after)
    expect(before).toBe('#!/bin/sh -e\n# exit 0 ends it\ntrue\n')
    expect(block.trim().startsWith('# >>> Pollux')).toBe(true)
    expect(edited(after)).toBe(after)
    expect(edited(after, [])).toBe(bytes)
  })

  it('is not fooled by an exit that is text', () => {
    const bytes =
      '#!/bin/sh\ncat <<EOF >/dev/null\nexit 0\nEOF\n: \'x\nexit 0\n\'\n: "\nexit 0\n"\n: \\\nexit 0\n: `\nexit 0\n`\n'
    expect(splitBlock(edited(bytes))).toMatchObject({ before: bytes, after: '' })
  })

  it('stops at the first exit that surely ends it, and tells of those that may', () => {
    const edit = editRcLocal('#!/bin/sh\nif x; then\n  exit 1\nfi\n[ -f a ] || exit 0\nexit 0\nold\nexit 0\n', entries)
    expect(edit.ok && edit.mayLeaveAt).toEqual([3, 5])
    expect(edit.ok && splitBlock(edit.bytes ?? '').after).toBe('exit 0\nold\nexit 0\n')
  })

  it.each([
    [null, null],
    ['', ''],
  ])('that is %j is made, and gone again', (bytes, gone) => {
    const after = edited(bytes)
    expect(after.startsWith('#!/bin/sh\n# >>> Pollux')).toBe(true)
    expect(edited(after)).toBe(after)
    expect(editRcLocal(after, [])).toMatchObject({ ok: true, bytes: gone })
    const grown = after.replace('exit 0\n', 'mine\nexit 0\n')
    expect(edited(grown, [])).toBe('#!/bin/sh\nmine\nexit 0\n')
  })

  it.each([
    ['echo no shebang\n', 'names its shell'],
    ['#!/bin/sh\r\nexit 0\r\n', 'Windows line ends'],
    ['#!/usr/bin/python3\n', 'is no shell script'],
    ["#!/bin/sh\necho 'open\n", 'cannot be followed at line 2'],
    ['#!/bin/sh\ncat <<EOF\nexit 0\n', 'here-document'],
    ['#!/bin/sh\nfi\n', 'fi closes nothing'],
    ['#!/bin/sh\nif true; then\n', 'not closed'],
    ['#!/bin/sh\ntrue \\', 'backslash'],
    [`#!/bin/sh\n${'$('.repeat(50_000)}\n`, 'cannot be followed'],
    ['#!/bin/sh\n# >>> Pollux: I/O scheduler >>>\nexit 0\n', 'half'],
  ])('is refused with the reason: %j', (bytes, why) => {
    const edit = editRcLocal(bytes, entries)
    expect(edit).toMatchObject({ ok: false })
    expect(!edit.ok && edit.why).toContain(why)
  })

  it('has edited lines of ours written anew, and says so', () => {
    const bytes = edited('#!/bin/sh\nexit 0\n')
    const touched = bytes.replace('deadline >', 'noop >')
    expect(editRcLocal(touched, entries)).toEqual({ ok: true, bytes, mayLeaveAt: [], wasEdited: true })
  })

  it('has a block behind its end moved to where it runs', () => {
    const dead = `#!/bin/sh\nexit 0\n${printBlock(entries, 'script')}`
    expect(edited(dead)).toBe(edited('#!/bin/sh\nexit 0\n'))
  })
})

const pieces = fc.constantFrom(
  'true',
  ': "exit 0"',
  'cat <<EOF >/dev/null\nexit 0\nEOF',
  "cat <<-'E O' >/dev/null\n\texit 0\n\tE O",
  'cat <<A <<B >/dev/null\nexit 0\nA\nexit 0\nB',
  'if false; then\n  exit 0\nfi',
  'case b in\n  a) exit 0 ;;\n  exit) exit 0 ;;\n  (b) : ;;\nesac',
  'case a in b) exit 0;; esac',
  'f() { true; }',
  '( exit 0 )',
  'x=$(printf a)',
  'y=`printf b`',
  ": 'two\nexit 0\nlines'",
  '# exit 0 "unclosed',
  ': a#b "c # d"',
  ': \\\n exit 0',
  'exit 0',
  '\texit 0 ',
  'exit',
  'exit 0 # bye',
  'true; exit 0',
  'true & exit 0',
  'false ||\n exit 0',
  'true ||\n\n # why\n exit 0',
  'false &&\n echo no; exit 0',
  'if true; then\n echo in\nfi; exit 0',
  'g()\n{\n echo g\n}; exit 0',
  'g ( )\n{ echo g; }; g',
  'cat <<E; exit 3\nexit 0\nE',
  "echo 'a\nb'; exit 2",
  'exec true',
  'exec 2>/dev/null',
  'exec </dev/null >/dev/null 2>&1',
  'false && exit 0',
  'true || exit 0',
  'true | exit 0',
  '! false; exit 0',
  'for i in 1 2; do :; done',
  'while false; do exit 0; done',
  '{ :; }',
  `: $((1 << 2)) ${'$'}{x:-"a}b"} $# "$(printf "%s" "a)b")"`,
  'A=1 true',
  'echo done >/dev/null 2>&1',
  '',
)
const script = fc
  .tuple(fc.array(pieces, { maxLength: 8 }), fc.boolean())
  .map(([lines, isEnded]) => `#!/bin/sh\n${lines.join('\n')}${isEnded ? '\n' : ''}`)

describe('any start script', () => {
  it('keeps every byte around the block, is stable, and comes back whole', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          script,
          fc.string({ unit: 'binary' }).map((text) => `#!/bin/sh\n${text}`),
        ),
        (bytes) => {
          const edit = editRcLocal(bytes, entries)
          if (!edit.ok) return
          const after = edit.bytes ?? ''
          const { before, after: rest } = splitBlock(after)
          expect(before + rest).toBe(bytes)
          expect(rcLocalEntries(after)).toEqual(entries)
          expect(editRcLocal(after, entries)).toMatchObject({ bytes: after, wasEdited: false })
          expect(editRcLocal(after, [])).toMatchObject({ bytes })
          const changed = edited(after, entries.slice(0, 1))
          expect(edited(changed, [])).toBe(bytes)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe.skipIf(skipReason(shells.length > 0 ? null : 'none of the shells is installed'))('run by real shells', () => {
  let root = ''
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'rc-local-'))
    for (const name of ['sda', 'sdb']) mkdirSync(join(root, name, 'queue'), { recursive: true })
    mkdirSync(join(root, 'sdb', 'device'))
    writeFileSync(join(root, 'sdb/device/wwid'), "naa.5'$(exit 1)`x`  \n")
  })
  afterAll(() => rmSync(root, { recursive: true }))

  const knob = (name: string) => join(root, name, 'queue/scheduler')
  const start = (bytes: string, [program = '', ...words]: readonly string[]) => {
    for (const name of ['sda', 'sdb']) writeFileSync(knob(name), 'cfq')
    writeFileSync(join(root, 'rc.local'), bytes.replaceAll('/sys/block/', `${root}/`), 'latin1')
    return spawnSync(program, [...words, join(root, 'rc.local')], { timeout: 10_000 })
  }

  it.each(shells)('sets the disks under -eu: %s %s', (...shell) => {
    const { status, stderr } = start(edited('#!/bin/sh\nexit 0\n'), [...shell, '-eu'])
    expect(stderr.toString()).toBe('')
    expect(status).toBe(0)
    expect([readFileSync(knob('sda'), 'utf8'), readFileSync(knob('sdb'), 'utf8')]).toEqual(['deadline\n', 'none\n'])
  })

  it.each(shells)('passes its syntax check and lives without the disks: %s %s', (...shell) => {
    const bytes = edited('#!/bin/sh\nexit 0\n').replaceAll('sda', 'sdz')
    const [program = '', ...words] = shell
    expect(start(bytes.replaceAll('device/wwid', 'device/none'), [...shell, '-eu']).status).toBe(0)
    execFileSync(program, [...words, '-n', join(root, 'rc.local')])
    expect(readFileSync(knob('sda'), 'utf8')).toBe('cfq')
  })

  const noBashisms = spawnSync('sh', ['-c', 'command -v checkbashisms']).status !== 0
  it.skipIf(skipReason(noBashisms ? 'checkbashisms is not installed' : null))('is free of bashisms', () => {
    start(edited('#!/bin/sh\nexit 0\n'), ['true'])
    execFileSync('checkbashisms', [join(root, 'rc.local')])
  })

  it('does what it did before, and reaches the block whenever the scan says that nothing leaves earlier', () => {
    const [shell = []] = shells
    fc.assert(
      fc.property(script, (bytes) => {
        const edit = editRcLocal(bytes, entries)
        if (!edit.ok) throw new Error(`${JSON.stringify(bytes)}: ${edit.why}`)
        const plain = start(bytes, shell)
        const { stdout, stderr } = start(edit.bytes ?? '', shell)
        expect([stdout.toString(), stderr.toString()]).toEqual([plain.stdout.toString(), plain.stderr.toString()])
        if (edit.mayLeaveAt.length === 0) expect(readFileSync(knob('sda'), 'utf8')).toBe('deadline\n')
      }),
      { numRuns: 150 },
    )
  })
})
