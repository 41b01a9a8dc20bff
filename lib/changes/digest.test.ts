import { describe, expect, it } from 'vitest'
import type { Plan } from '@/lib/agent'
import { canonicalJson, planDigest, shortDigest } from './digest'

const plan: Plan = {
  agent: { id: 'scheduler', version: 1 },
  title: 'A title',
  summary: 'A summary',
  phases: [
    {
      id: 'set',
      title: 'Set',
      hosts: [
        {
          hostId: 'h1',
          steps: [
            {
              kind: 'knob',
              id: 's1',
              title: 'Set sda',
              timeoutS: 5,
              path: '/sys/block/sda/queue/scheduler',
              value: 'mq-deadline',
              before: 'none',
              undo: { knob: '/sys/block/sda/queue/scheduler', value: 'none' },
            },
          ],
        },
      ],
    },
  ],
  checks: [],
  basis: [{ hostId: 'h1', name: 'device sda', value: 'serial 1' }],
  findings: [],
  guard: null,
  nothingToDo: null,
}
const input = { plan, desired: { a: 1, b: { c: 2, d: 3 } }, hostKeys: { h1: ['SHA256:x'] } }
const digest = planDigest(input)

describe('planDigest', () => {
  it('does not depend on the order of keys', () => {
    expect(planDigest({ ...input, desired: { b: { d: 3, c: 2 }, a: 1 } })).toBe(digest)
  })
  it.each([
    ['the desired', { ...input, desired: { a: 2, b: { c: 2, d: 3 } } }],
    ['a host key', { ...input, hostKeys: { h1: ['SHA256:y'] } }],
    ['the agent’s version', { ...input, plan: { ...plan, agent: { id: 'scheduler', version: 2 } } }],
    ['the basis', { ...input, plan: { ...plan, basis: [{ hostId: 'h1', name: 'device sda', value: 'serial 2' }] } }],
    ['a step', { ...input, plan: { ...plan, phases: [{ ...plan.phases[0], id: 'x', title: 'Set', hosts: [] }] } }],
  ])('changes with %s', (_, other) => {
    expect(planDigest(other)).not.toBe(digest)
  })
  it('does not change with words about the plan', () => {
    const findings = [{ level: 'info' as const, hostId: null, title: 'x', detail: 'y' }]
    expect(planDigest({ ...input, plan: { ...plan, title: 'Another', summary: 'Other', findings } })).toBe(digest)
  })
})

it('canonicalJson sorts keys at every depth and leaves lists as they are', () => {
  expect(canonicalJson({ b: [3, 1], a: { d: null, c: undefined, b: 1 } })).toBe('{"a":{"b":1,"d":null},"b":[3,1]}')
})

it('shortDigest groups the first twelve digits', () => {
  expect(shortDigest('9f3c07abe21a0000')).toBe('9f3c 07ab e21a')
})
