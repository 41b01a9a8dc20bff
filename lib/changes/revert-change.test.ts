import { beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnyAgent, defineProbe, type Plan } from '@/lib/agent'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { refuseRevert } from './revert-change'
import { makeApplied } from './testing/applied-change'

const test = withTestStore()
let host: { id: string; name: string }

/** An agent whose plan is this one, on the one host. */
function planning(id: string, part: (hostId: string) => Partial<Plan>): AnyAgent {
  const plan = (hostId: string): Plan => ({
    agent: { id, version: 1 },
    title: `The work of ${id}`,
    summary: '',
    phases: [],
    checks: [],
    basis: [],
    findings: [],
    guard: null,
    nothingToDo: null,
    ...part(hostId),
  })
  const parse = () => ({ state: 'read' as const, value: {} })
  return {
    id,
    version: 1,
    title: id,
    about: id,
    probe: defineProbe({ id, timeoutS: 1, readings: {}, parse }),
    desired: z.unknown(),
    plan: (hosts) => plan(hosts[0]?.hostId ?? ''),
    predict: ({ facts }) => facts,
    drift: () => [],
  }
}

const puts = planning('puts', (hostId) => ({
  phases: [
    {
      id: 'p',
      title: 'p',
      hosts: [
        {
          hostId,
          steps: [
            {
              kind: 'address',
              id: 'a',
              title: 'a',
              timeoutS: 1,
              device: 'eth0',
              address: '203.0.113.40/32',
              present: true,
              before: false,
              exclusive: true,
              announce: true,
              undo: { address: true },
            },
          ],
        },
      ],
    },
  ],
}))
/** Work of its own, so that the host is part of the change. */
const works = (hostId: string): Plan['phases'] => [
  {
    id: 'p',
    title: 'p',
    hosts: [
      {
        hostId,
        steps: [
          { kind: 'run', id: 'r', title: 'r', timeoutS: 1, run: ['true'], undo: { nothing: 'It does nothing.' } },
        ],
      },
    ],
  },
]
const rests = planning('rests', (hostId) => ({
  phases: works(hostId),
  basis: [{ hostId, name: 'address 203.0.113.40', value: 'on eth0' }],
}))
const looksAway = planning('looks-away', (hostId) => ({
  phases: works(hostId),
  basis: [{ hostId, name: 'address 203.0.113.40', value: 'not there' }],
}))

beforeEach(async () => {
  setAgents([puts, rests, looksAway])
  host = await makeHost(test.current().db, { name: 'maple' })
})

const applied = (agentId: string, reverts?: number) =>
  makeApplied({ hosts: [host], wishes: [{ agentId, desired: null }], ...(reverts ? { reverts } : {}) })
const refusal = (changeId: number) =>
  work((tx) => refuseRevert(tx, changeId)).then(
    () => null,
    (error: { userMessage?: string }) => error.userMessage ?? String(error),
  )

it('takes no address away that a later change was planned on', async () => {
  const first = await applied('puts')
  const later = await makeApplied({ hosts: [host], wishes: [{ agentId: 'rests', desired: null }] })
  expect(await refusal(first)).toBe(
    `Change #${later} (The work of rests) rests on 203.0.113.40, which this one put on. Revert #${later} first.`,
  )
})

it('is not held back by a later change that found the address elsewhere', async () => {
  const first = await applied('puts')
  await applied('looks-away')
  expect(await refusal(first)).toBeNull()
})
