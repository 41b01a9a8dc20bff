import { expect, it } from 'vitest'
import type { Argv, KnobStep, Reading, RunStep, Step } from '.'

// These are proved by the compiler: without the error that is expected, `npm run check` fails.
const knob = { kind: 'knob', id: 'k', title: 'K', timeoutS: 1, path: '/sys/k', value: 'a', before: 'b' } as const
const run = { kind: 'run', id: 'r', title: 'R', timeoutS: 1, undo: { nothing: 'it only looks' } } as const

// @ts-expect-error a step without its undo, or the explicit word that it has none
const withoutUndo: KnobStep = { ...knob }

// @ts-expect-error an empty undo says neither
const emptyUndo: Step = { ...knob, undo: {} }

// @ts-expect-error a shell line is no argv
const shellLine: Argv = 'rm -rf /'

// @ts-expect-error nor may a step run one
const stepWithLine: RunStep = { ...run, run: 'systemctl restart x' }

// @ts-expect-error an argv has a program
const noProgram: Argv = []

// @ts-expect-error a reader has no word for a program that writes
const writingReader: Reading = { kind: 'command', argv: ['tee', '/etc/passwd'] }

// @ts-expect-error nor for a shell
const shellReader: Reading = { kind: 'command', argv: ['sh', '-c', 'rm -rf /'] }

// @ts-expect-error nor for anything but reading
const writeReading: Reading = { kind: 'write', path: '/etc/passwd' }

it('takes what is right', () => {
  const undone: Step = { ...knob, undo: { knob: '/sys/k', value: 'b' } }
  const said: Step = { ...knob, undo: { irreversible: 'it burns a fuse' } }
  const argv: Argv = ['systemctl', 'restart', 'x']
  const reading: Reading = { kind: 'command', argv: ['uname', '-r'] }
  expect([undone.kind, said.kind, argv.length, reading.kind]).toEqual(['knob', 'knob', 3, 'command'])
})

it('has no word for the others, whatever they are at run time', () => {
  const refused = [withoutUndo, emptyUndo, shellLine, stepWithLine, noProgram, writingReader, shellReader, writeReading]
  expect(refused).toHaveLength(8)
})
