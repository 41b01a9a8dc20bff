import { expect, it } from 'vitest'
import type { Plan } from '@/lib/agent'
import { settledLines, showLine } from './journal-text'

const plan: Plan = {
  agent: { id: 'x', version: 1 },
  title: 'T',
  summary: 'S',
  phases: [
    {
      id: 'p',
      title: 'P',
      hosts: [
        {
          hostId: 'h',
          steps: [
            {
              kind: 'run',
              id: 'r',
              title: 'Restart it',
              timeoutS: 1,
              run: ['true'],
              undo: { nothing: 'it leaves nothing' },
            },
          ],
        },
      ],
    },
  ],
  checks: [
    {
      id: 'c',
      hostId: 'h',
      title: 'It runs',
      weight: 'must',
      read: { file: '/x' },
      expect: { equals: 'y' },
      timeoutS: 1,
    },
  ],
  basis: [],
  findings: [],
  guard: null,
  nothingToDo: null,
}

let id = 0
const line = (kind: string, stepId: string | null, text = '') => {
  id += 1
  return showLine({ id, at: new Date(0), hostId: 'h', hostName: 'umber', kind, stepId, text }, plan)
}

it('puts steps and checks into words', () => {
  expect(line('start', '1')).toMatchObject({ kind: 'running', text: '1 Restart it', host: 'umber' })
  expect(line('failed', '1', '3')).toMatchObject({ kind: 'failed', text: '1 Restart it: failed, exit code 3' })
  expect(line('check', 'c', 'no x y')).toMatchObject({ kind: 'failed', text: 'It runs: no, seen x y' })
  expect(line('check', 'c', 'unknown ')).toMatchObject({ kind: 'warn', text: 'It runs: could not be read' })
  expect(line('end', null, 'reverted')).toMatchObject({ kind: 'warn', text: 'ended on the host: taken back' })
  expect(line('outcome', null, 'applied')).toMatchObject({ kind: 'done', text: 'the change ended: applied and proved' })
})

it('leaves out what ran and has gone on, and keeps what runs and what the host said', () => {
  const lines = [line('start', '1'), line('out', '1', 'hello'), line('done', '1'), line('undoing', '1')]
  expect(settledLines(lines).map(({ kind }) => kind)).toEqual(['output', 'done', 'running'])
})
