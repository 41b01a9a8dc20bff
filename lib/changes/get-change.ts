import type { Plan, Step } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { authorize, can } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { listAgents } from './agents'
import { type BasisChange, basisChanges } from './basis-changes'
import { type Blocker, findBlockers } from './blockers'
import { changeScopeRefusal, hostsOfRecord } from './change-scope'
import { type ChangeState, stateOf } from './list-changes'
import { maskPlan } from './mask'
import { type PlanDifference, planDifference } from './plan-difference'
import { stepsOn } from './plan-index'
import { openPlan, type PlanRecord } from './plan-record'
import { canariesOf } from './refuse-canary'
import { refuseRevert } from './revert-change'
import { canStop } from './stop-change'
import { twoPeopleRefusal } from './two-people'

/** All that a change's page shows, from the store alone. */
export interface ChangeView {
  id: number
  title: string
  summary: string
  agentId: string
  state: ChangeState
  outcome: string | null
  detail: string | null
  /** What an approval given now binds to. */
  digest: string
  /** Whether it runs and can still be stopped: no host takes it back once all have proved it. */
  canStop: boolean
  /** While the change is guarded and waits for a person's word that the hosts are in reach: why it does. */
  needsPerson: string | null
  askedBy: string
  askedAt: Date
  approvedBy: string | null
  approvedAt: Date | null
  startedAt: Date | null
  endedAt: Date | null
  revertsId: number | null
  revertedById: number | null
  /** The plan that stands for approval or was applied: the fresh one while the change is stale. */
  plan: Plan
  hostNames: Readonly<Record<string, string>>
  /** What reads otherwise than when the plan was made, while the change is stale. */
  changed: BasisChange[]
  hosts: HostPart[]
  proofs: Proof[]
  /** Hosts that were locked when it came to them. */
  lockedHosts: { id: string; name: string }[]
  /** When an approval for a time or a window lets it begin, and until when it does. */
  beginAt: Date | null
  expiresAt: Date | null
  /** The host that goes first, alone; its name. */
  canary: string | null
  /** What it waits for, while it is queued. */
  waitsFor: Blocker[]
  /** Hosts that could be told to go first. */
  canaries: { id: string; name: string }[]
  /** Why the person who looks may not approve it himself; null when he may. */
  approvalRefusal: string | null
  /** Why the person who looks may not decide over it: not all its hosts are his. Null when they are. */
  scopeRefusal: string | null
  /** What differs between the plan that was approved and the fresh one, while the change is stale. */
  difference: PlanDifference | null
  /** Why it cannot be reverted; null when it can. */
  revertRefusal: string | null
  /** Whether its agent looks again at what was asked for, once there is evidence. */
  isLookedAtAgain: boolean
}

export interface HostPart {
  hostId: string
  name: string
  state: string
  outcome: string | null
  detail: string | null
  directory: string | null
  startedAt: Date | null
  endedAt: Date | null
  /** When the host takes the change back by itself unless it is confirmed, and how many seconds that was when it was set. */
  deadline: { at: Date; seconds: number } | null
  /** Per step of the host, in order. */
  steps: StepPart[]
}

export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'undoing' | 'undone' | 'undo-failed' | 'kept'

export interface StepPart {
  phaseId: string
  step: Step
  state: StepState
}

export interface Proof {
  hostName: string
  title: string
  weight: string
  expected: string
  seen: string | null
  verdict: string | null
}

/** One change for its page. Throws AppError `not-found`. Constant number of queries. */
export async function getChange(ctx: Ctx, changeId: number): Promise<ChangeView> {
  authorize(ctx, 'read changes')
  return read(async (tx) => {
    const row = await tx.change.findUnique({
      where: { id: changeId },
      include: {
        hosts: { orderBy: { hostName: 'asc' } },
        checks: { orderBy: { id: 'asc' } },
        revertedBy: { where: { outcome: 'applied' }, select: { id: true } },
        journal: {
          where: { kind: { in: [...stepKinds, 'locked'] } },
          orderBy: { id: 'asc' },
          select: { hostId: true, hostName: true, kind: true, stepId: true },
        },
      },
    })
    if (!row)
      throw new AppError('not-found', `expected change ${changeId}, found none`, {
        userMessage: `There is no change #${changeId}.`,
      })
    const record = shownRecord(openPlan(row.sealedPlan))
    const shown = record.fresh ?? record
    const journal = stepLines(row.journal)
    return {
      ...fieldsOf(row),
      canStop: row.state === 'applying' && canStop(row),
      digest: shown.digest,
      plan: shown.plan,
      revertedById: row.revertedBy[0]?.id ?? null,
      hostNames: Object.fromEntries(shown.hosts.map((host) => [host.id, host.name])),
      ...(await waitOf(tx, row)),
      approvalRefusal: await twoPeopleRefusal(
        tx,
        ctx,
        row,
        shown.hosts.map((host) => host.id),
      ),
      scopeRefusal: await changeScopeRefusal(tx, ctx, hostsOfRecord(record)),
      canaries: canariesOf(shown.plan).map((id) => ({ id, name: nameIn(shown, id) })),
      canary: row.canaryId && nameIn(shown, row.canaryId),
      difference: record.fresh ? planDifference(record, record.fresh) : null,
      changed: record.fresh ? basisChanges(record, record.fresh) : [],
      hosts: row.hosts.map((host) => ({
        hostId: host.hostKeptId,
        name: host.hostName,
        state: host.state,
        outcome: host.outcome,
        detail: host.detail,
        directory: host.directory,
        startedAt: host.startedAt,
        endedAt: host.endedAt,
        deadline: host.deadlineAt ? { at: host.deadlineAt, seconds: host.deadlineS ?? 0 } : null,
        steps: stepParts(shown.plan, host.hostKeptId, journal.get(host.hostKeptId)),
      })),
      proofs: [...stepProofs(shown, journal), ...row.checks],
      lockedHosts: row.journal.flatMap((line) =>
        line.kind === 'locked' && line.hostId ? [{ id: line.hostId, name: line.hostName ?? line.hostId }] : [],
      ),
      revertRefusal: await revertRefusal(tx, ctx, changeId),
      isLookedAtAgain: isLookedAtAgain(row.agentId, record),
    }
  })
}

function isLookedAtAgain(agentId: string, { desired }: PlanRecord): boolean {
  const agent = listAgents().find(({ id }) => id === agentId)
  const wish = agent?.lookAgain && agent.desired.safeParse(desired)
  return wish?.success === true && agent?.lookAgain?.subjectOf(wish.data) != null
}

async function waitOf(tx: Tx, row: { id: number; state: string; beginAt: Date | null; expiresAt: Date | null }) {
  const waitsFor = row.state === 'queued' ? ((await findBlockers(tx)).get(row.id) ?? []) : []
  return { beginAt: row.beginAt, expiresAt: row.expiresAt, waitsFor }
}

function nameIn(record: Omit<PlanRecord, 'fresh'>, hostId: string): string {
  return record.hosts.find((host) => host.id === hostId)?.name ?? hostId
}

/** The record without its plans' secrets. */
function shownRecord(record: PlanRecord): PlanRecord {
  const fresh = record.fresh && { ...record.fresh, plan: maskPlan(record.fresh.plan) }
  return { ...record, plan: maskPlan(record.plan), ...(fresh ? { fresh } : {}) }
}

type Fields = 'id' | 'title' | 'summary' | 'agentId' | 'outcome' | 'detail' | 'askedBy' | 'askedAt' | 'approvedBy'
type MoreFields = 'needsPerson' | 'approvedAt' | 'startedAt' | 'endedAt' | 'revertsId'

function fieldsOf(row: Pick<ChangeView, Fields | MoreFields> & { state: string; committedAt: Date | null }) {
  const { id, title, summary, agentId, outcome, detail, askedBy, askedAt, approvedBy, approvedAt } = row
  const { startedAt, endedAt, revertsId } = row
  const state = stateOf(row.state)
  const needsPerson = row.committedAt === null && state === 'applying' ? row.needsPerson : null
  return {
    id,
    title,
    summary,
    agentId,
    state,
    outcome,
    detail,
    askedBy,
    askedAt,
    approvedBy,
    approvedAt,
    startedAt,
    endedAt,
    revertsId,
    needsPerson,
  }
}

const stateAfter: Readonly<Record<string, StepState>> = {
  start: 'running',
  done: 'done',
  failed: 'failed',
  undoing: 'undoing',
  undone: 'undone',
  'undo-failed': 'undo-failed',
  'not-as-before': 'undo-failed',
  kept: 'kept',
}
const stepKinds = Object.keys(stateAfter)

/** A host's lines about its steps, by the step's number. */
type LinesOfSteps = ReadonlyMap<string, readonly { kind: string }[]>

function stepLines(
  journal: readonly { hostId: string | null; stepId: string | null; kind: string }[],
): ReadonlyMap<string, LinesOfSteps> {
  const found = new Map<string, Map<string, { kind: string }[]>>()
  for (const { hostId, stepId, kind } of journal) {
    if (hostId === null || stepId === null) continue
    const ofHost = found.get(hostId) ?? new Map<string, { kind: string }[]>()
    found.set(hostId, ofHost)
    ofHost.set(stepId, [...(ofHost.get(stepId) ?? []), { kind }])
  }
  return found
}

function stepParts(plan: Plan, hostId: string, lines: LinesOfSteps | undefined): StepPart[] {
  return stepsOn(plan, hostId).map((part, at) => {
    const last = lines?.get(String(at + 1))?.at(-1)
    return { ...part, state: (last && stateAfter[last.kind]) ?? 'waiting' }
  })
}

/** What is proved by a step: yes once it was done, whatever was undone afterwards. */
function stepProofs({ plan, hosts }: Omit<PlanRecord, 'fresh'>, journal: ReadonlyMap<string, LinesOfSteps>): Proof[] {
  return hosts.flatMap(({ id, name }) =>
    stepsOn(plan, id).flatMap(({ step }, at) => {
      if (step.kind !== 'run' || !step.proves) return []
      const lines = journal.get(id)?.get(String(at + 1)) ?? []
      const verdict = lines.some(({ kind }) => kind === 'done') ? 'yes' : hasFailed(lines) ? 'no' : null
      const expected = `step ${at + 1} to end well`
      const seen = verdict === null ? null : verdict === 'yes' ? expected : 'it failed; the journal says why'
      return [{ hostName: name, title: step.title, weight: 'must', expected, seen, verdict }]
    }),
  )
}

const hasFailed = (lines: readonly { kind: string }[]) => lines.some(({ kind }) => kind === 'failed')

async function revertRefusal(tx: Tx, ctx: Ctx, changeId: number): Promise<string | null> {
  if (!can(ctx.actor, 'revert a change')) return 'Reverting takes the role operator.'
  try {
    await refuseRevert(tx, changeId)
    return null
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? error.message
    throw error
  }
}
