import { expect, it } from 'vitest'
import type { FileStep, Plan } from '@/lib/agent'
import { maskPlan, maskText } from './mask'

const secret = 'påss "wörd"'
const bytes = Buffer.from(`password = ${secret}\n`, 'utf8').toString('latin1')
const side = { bytes, mode: '0600', owner: 'root', group: 'root' }
const step: FileStep = {
  kind: 'file',
  id: 'f',
  title: `Write ${secret}`,
  timeoutS: 5,
  path: '/etc/a',
  before: null,
  after: side,
  undo: { copy: true },
}
const plan: Plan = {
  agent: { id: 'a', version: 1 },
  title: 'T',
  summary: secret,
  phases: [{ id: 'p', title: 'P', hosts: [{ hostId: 'h', steps: [step] }] }],
  checks: [],
  basis: [],
  findings: [],
  guard: null,
  nothingToDo: null,
  secrets: [secret, 'wörd'],
}

it('takes secrets out of every text of a plan, also out of the bytes of a file', () => {
  const shown = maskPlan(plan)
  expect(JSON.stringify(shown)).not.toMatch(/w(ö|Ã¶)rd/)
  const file = shown.phases[0]?.hosts[0]?.steps[0]
  const after = file?.kind === 'file' ? file.after : null
  expect(Buffer.from(after?.bytes ?? '', 'latin1').toString('utf8')).toBe('password = ••••••\n')
  expect([shown.summary, file?.title, shown.secrets]).toEqual(['••••••', 'Write ••••••', []])
})

it('leaves a plan without secrets as it is', () => {
  const open = { ...plan, secrets: [] }
  expect(maskPlan(open)).toBe(open)
})

it('takes secrets out of text', () => {
  expect(maskText(`a ${secret} b`, [secret, ''])).toBe('a •••••• b')
})
