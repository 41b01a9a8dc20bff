import { expect, it } from 'vitest'
import type { Plan } from '@/lib/agent'
import { withTestStore } from '@/lib/db/test-store'
import { planDigest } from './digest'

withTestStore()

const planWith = (secret: string, secrets: string[]): Plan => ({
  agent: { id: 'a', version: 1 },
  title: 'T',
  summary: 'S',
  phases: [],
  checks: [],
  basis: [{ hostId: 'h', name: 'file /etc/a', value: `password = ${secret}` }],
  findings: [],
  guard: null,
  secrets,
  nothingToDo: null,
})
const digest = (plan: Plan) => planDigest({ plan, desired: {}, hostKeys: {} })

it('binds to a secret, by a keyed hash: without the key nobody can guess it from the digest', () => {
  const kept = digest(planWith('abc', ['abc']))
  expect(digest(planWith('abc', ['abc']))).toBe(kept)
  expect(digest(planWith('abd', ['abd']))).not.toBe(kept)
  expect(digest(planWith('abc', []))).not.toBe(kept)
})
