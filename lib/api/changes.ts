import { z } from 'zod'
import type { Step } from '@/lib/agent'
import { type ChangeView, getChange } from '@/lib/changes/get-change'
import { changeStates, listChanges } from '@/lib/changes/list-changes'
import { readJournal } from '@/lib/changes/read-journal'
import { operation } from './operation'
import { changeId, instant, instantOf, paging } from './shapes'

const summary = {
  id: z.int(),
  title: z.string(),
  state: z.enum(changeStates),
  outcome: z.string().nullable(),
  detail: z.string().nullable(),
  askedBy: z.string(),
  askedAt: instant,
  approvedBy: z.string().nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
}

export const listChangesOperation = operation({
  method: 'GET',
  path: '/api/v1/changes',
  id: 'listChanges',
  summary: 'Changes, newest first',
  right: 'read changes',
  input: z.object({
    state: z.enum(changeStates).optional(),
    hostId: z.string().optional(),
    text: z.string().max(200).optional(),
    ...paging,
  }),
  output: z.object({
    total: z.int(),
    changes: z.array(
      z.object({
        ...summary,
        hosts: z.array(z.object({ id: z.string().nullable(), name: z.string(), outcome: z.string().nullable() })),
      }),
    ),
  }),
  async run(ctx, input) {
    const { rows, total } = await listChanges(ctx, input)
    return { total, changes: rows.map((row) => ({ ...row, ...timesOf(row) })) }
  },
})

const step = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  state: z.string(),
  plan: z.record(z.string(), z.unknown()).describe('The step as the plan has it, without secrets.'),
})

export const getChangeOperation = operation({
  method: 'GET',
  path: '/api/v1/changes/{changeId}',
  id: 'getChange',
  summary: 'A change: its plan with the digest that an approval names, its proof, and its journal',
  right: 'read changes',
  input: z.object({ changeId, after: z.coerce.number().int().min(0).default(0) }),
  output: z.object({
    ...summary,
    summary: z.string(),
    agentId: z.string(),
    digest: z.string().describe('What an approval given now binds to.'),
    approvalRefusal: z.string().nullable().describe('Why you may not approve it; null when you may.'),
    revertRefusal: z.string().nullable(),
    revertsId: z.int().nullable(),
    revertedById: z.int().nullable(),
    hosts: z.array(
      z.object({
        hostId: z.string(),
        name: z.string(),
        state: z.string(),
        outcome: z.string().nullable(),
        detail: z.string().nullable(),
        steps: z.array(step),
      }),
    ),
    proofs: z.array(
      z.object({
        hostName: z.string(),
        title: z.string(),
        weight: z.string(),
        expected: z.string(),
        seen: z.string().nullable(),
        verdict: z.string().nullable(),
      }),
    ),
    journal: z
      .array(z.object({ id: z.int(), at: z.string(), host: z.string(), kind: z.string(), text: z.string() }))
      .describe('Lines behind the one whose id is `after`, at most 5,000.'),
  }),
  async run(ctx, { changeId: id, after }) {
    const change = await getChange(ctx, id)
    const { lines } = await readJournal(ctx, id, after)
    return {
      ...change,
      ...timesOf(change),
      approvalRefusal: change.scopeRefusal ?? change.approvalRefusal,
      revertRefusal: change.scopeRefusal ?? change.revertRefusal,
      hosts: change.hosts.map((host) => ({ ...host, steps: host.steps.map(stepOf) })),
      journal: lines,
    }
  },
})

function timesOf(change: { askedAt: Date; startedAt: Date | null; endedAt: Date | null }) {
  return {
    askedAt: instantOf(change.askedAt),
    startedAt: instantOf(change.startedAt),
    endedAt: instantOf(change.endedAt),
  }
}

function stepOf({ step: planned, state }: ChangeView['hosts'][number]['steps'][number]) {
  const { id, kind, title, ...rest } = planned
  return { id, kind, title, state, plan: readable(planned.kind === 'file' ? { ...rest, ...textsOf(planned) } : rest) }
}

/** What a file says, as text: the plan keeps it as bytes. */
function textsOf({ before, after }: Extract<Step, { kind: 'file' }>) {
  const text = (content: typeof before) =>
    content && { ...content, bytes: undefined, text: Buffer.from(content.bytes, 'latin1').toString('utf8') }
  return { before: text(before), after: text(after) }
}

/** Plain JSON of a step, which holds nothing else. */
function readable(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value))
}
