import { expect, it } from 'vitest'
import type { Check, FileStep, Plan, RunStep, Step } from '@/lib/agent'
import { planDifference } from './plan-difference'

const side = (bytes: string) => ({ bytes, mode: '0644', owner: 'root', group: 'root' })
const file = (before: string, after: string): FileStep => ({
  kind: 'file',
  id: 'f',
  title: 'Write /etc/a',
  timeoutS: 5,
  path: '/etc/a',
  before: side(before),
  after: side(after),
  undo: { copy: true },
})
const run = (id: string): RunStep => ({
  kind: 'run',
  id,
  title: `Run ${id}`,
  timeoutS: 5,
  run: ['true'],
  undo: { nothing: 'Nothing.' },
})
const check = (includes: string): Check => ({
  id: 'c',
  hostId: 'h',
  title: 'It says so',
  weight: 'must',
  read: { file: '/etc/a' },
  expect: { includes },
  timeoutS: 5,
})

function plan(steps: Step[], checks: Check[] = []): { plan: Plan } {
  return {
    plan: {
      agent: { id: 'x', version: 1 },
      title: 'T',
      summary: 'S',
      phases: [{ id: 'p', title: 'P', hosts: [{ hostId: 'h', steps }] }],
      checks,
      basis: [],
      findings: [],
      guard: null,
      nothingToDo: null,
    },
  }
}

it('is empty for the same plan', () => {
  const same = () => plan([file('a', 'b'), run('r')], [check('b')])
  expect(planDifference(same(), same())).toEqual({ steps: [], files: [], checks: [] })
})

it('names each step that is new, gone or changed, in one byte too', () => {
  const { steps, files } = planDifference(
    plan([file('a\n', 'b\n'), run('old')]),
    plan([file('a \n', 'b \n'), run('new')]),
  )
  expect(steps).toEqual([
    { hostId: 'h', title: 'Write /etc/a', how: 'changed' },
    { hostId: 'h', title: 'Run new', how: 'added' },
    { hostId: 'h', title: 'Run old', how: 'removed' },
  ])
  expect(files).toEqual([{ hostId: 'h', path: '/etc/a', before: 'b\n', after: 'b \n' }])
})

it('says that a step rests on another file now, though it writes the same', () => {
  const { steps, files } = planDifference(plan([file('a', 'b')]), plan([file('A', 'b')]))
  expect([steps, files]).toEqual([[{ hostId: 'h', title: 'Write /etc/a', how: 'changed' }], []])
})

it('shows a file that is no longer written, and a check that expects something else', () => {
  const { files, checks } = planDifference(plan([file('a', 'b')], [check('b')]), plan([], [check('c')]))
  expect(files).toEqual([{ hostId: 'h', path: '/etc/a', before: 'b', after: null }])
  expect(checks).toMatchObject([{ how: 'changed', title: 'It says so' }])
})
