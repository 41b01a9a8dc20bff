import { read, work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { makePlan } from '../make-plan'
import { endingText, type HostOutcome, isNew, parseHostOutcome } from '../outcome'
import { openPlan, type PlanRecord } from '../plan-record'
import type { HostRun } from './host-run'
import { note, setHostStates } from './note'

interface Ways {
  /** Takes these hosts to their end, together. */
  follow(runs: readonly HostRun[], how: 'start' | 'only-watch'): Promise<HostOutcome[]>
  /** Uploads to these hosts; when one refuses, withdraws from all and returns why. */
  upload(runs: HostRun[]): Promise<string | null>
}

/** The hosts that a change begins with: the one that was chosen to go first, else all. */
export async function goFirst(changeId: number, runs: HostRun[]): Promise<HostRun[]> {
  const { canaryId } = await read((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
  const first = runs.filter((run) => run.hostId === canaryId)
  return first.length > 0 ? first : runs
}

/**
 * Takes the host that goes first through the whole change, its proof and its confirmation; then the others together.
 * They are never touched unless it ended `applied`. Without such a host, all go together. Takes up a change where
 * `only-watch` finds it.
 */
export async function canaryThenRest(
  changeId: number,
  runs: HostRun[],
  how: 'start' | 'only-watch',
  ways: Ways,
): Promise<{ ends: HostOutcome[]; detail: string | null }> {
  const first = await goFirst(changeId, runs)
  const rest = runs.filter((run) => !first.includes(run))
  const [canary] = first
  if (!canary || rest.length === 0) return { ends: await ways.follow(runs, how), detail: null }

  const end = (await endBefore(canary)) ?? (await ways.follow(first, how))[0] ?? 'undo-failed'
  const goOn = async (from: 'start' | 'only-watch') => {
    const ends = await ways.follow(rest, from)
    return { ends: [end, ...ends], detail: ends.every(isNew) ? null : restText(canary, rest, ends) }
  }
  if (await hasBegun(rest)) return goOn('only-watch')
  const names = rest.map((run) => run.hostName).join(', ')
  const leave = async (why: string) => {
    const detail = `${why} ${names} ${rest.length === 1 ? 'was' : 'were'} not touched.`
    await note(changeId, detail)
    const left = { state: 'ended', outcome: 'not-started', endedAt: new Date() }
    await setHostStates(rest, left)
    return { ends: [end, ...rest.map(() => 'not-started' as const)], detail }
  }
  if (end !== 'applied') return leave(`${canary.hostName} went first: ${endingText(end)}.`)
  const refusal = await whyNotTheRest(changeId, rest, how)
  if (refusal) return leave(`${canary.hostName} went first and has it. ${refusal}`)

  await note(changeId, `${canary.hostName} went first and proved it: now ${names}`)
  // What the first was told and confirmed says nothing of the others.
  await work((tx) =>
    tx.change.update({ where: { id: changeId }, data: { committedAt: null, needsPerson: null, keptBy: null } }),
  )
  const failed = await ways.upload(rest)
  if (failed) return leave(`${canary.hostName} went first and has it. ${failed}`)
  await setHostStates(rest, { state: 'running' })
  return goOn('start')
}

function restText(canary: HostRun, rest: readonly HostRun[], ends: readonly HostOutcome[]): string {
  const each = rest.map((run, at) => `${run.hostName}: ${endingText(ends[at] ?? '')}`)
  return `${canary.hostName} went first and has it. ${each.join('; ')}.`
}

async function endBefore(run: HostRun): Promise<HostOutcome | null> {
  const row = await read((tx) => tx.changeHost.findUniqueOrThrow({ where: { id: run.rowId } }))
  return row.state === 'ended' && row.outcome !== null ? parseHostOutcome(row.outcome) : null
}

async function hasBegun(runs: readonly HostRun[]): Promise<boolean> {
  const ids = runs.map((run) => run.rowId)
  return (await read((tx) => tx.changeHost.count({ where: { id: { in: ids }, state: { not: 'waiting' } } }))) > 0
}

/** Why a change is not started on hosts that it was brought to, when somebody asked meanwhile to stop it. */
export async function whyStopped(changeId: number): Promise<string | null> {
  const { stopAskedBy } = await read((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
  return stopAskedBy && `${stopAskedBy} asked to stop before it began.`
}

async function whyNotTheRest(
  changeId: number,
  rest: readonly HostRun[],
  how: 'start' | 'only-watch',
): Promise<string | null> {
  const change = await read((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
  if (change.stopAskedBy) return `${change.stopAskedBy} asked to stop before the others began.`
  const isOver = change.expiresAt !== null && change.expiresAt < new Date()
  if (isOver && (change.beginAt !== null || how === 'only-watch')) return 'The approval had expired by then.'
  return whyNotAsPlanned(openPlan(change.sealedPlan), rest)
}

/** Reads again what the others' part of the plan rests on. The plan of a revert is left to the hosts' own look. */
async function whyNotAsPlanned(record: PlanRecord, rest: readonly HostRun[]): Promise<string | null> {
  if (record.origin.kind !== 'wizard') return null
  const ids = rest.map((run) => run.hostId)
  try {
    const fresh = await makePlan(record.origin)
    return partOf(fresh, ids) === partOf(record, ids)
      ? null
      : 'Meanwhile the others are no longer as the plan found them.'
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.userMessage ?? error.message
  }
}

function partOf({ plan }: PlanRecord, hostIds: readonly string[]): string {
  const isOf = (part: { hostId: string }) => hostIds.includes(part.hostId)
  const steps = hostIds.map((id) =>
    plan.phases.flatMap((phase) => phase.hosts.filter((host) => host.hostId === id).flatMap((host) => host.steps)),
  )
  return JSON.stringify([steps, plan.basis.filter(isOf), plan.checks.filter(isOf)])
}
