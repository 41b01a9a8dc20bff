import { writeAudit } from '@/lib/audit/write-audit'
import { systemCtx } from '@/lib/auth/actor'
import { read, work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { logError, newRequestId } from '@/lib/log'
import { readHost } from '@/lib/reading/read-host'
import { changeGrew } from '../bus'
import { forgetSecrets } from '../forget-secrets'
import { makePlan } from '../make-plan'
import { type Outcome, outcomeOf } from '../outcome'
import { openPlan, type PlanRecord, sealPlan } from '../plan-record'
import { canaryThenRest, goFirst, whyStopped } from './canary'
import { type HostRun, hostRunsOf } from './host-run'
import { note, setHostStates } from './note'
import { proveAgain } from './prove-again'
import { toEnd, together } from './together'
import { mayHaveArrived, upload } from './upload'
import { WatchStopped, watchHost } from './watch-host'

/**
 * Takes an approved change to its end: reads the basis again, uploads to every host, starts, follows, and takes all
 * back where one failed. Returns early when the plan went stale (it then waits for a new approval) or Pollux stops.
 */
export async function applyChange(changeId: number, signal: AbortSignal): Promise<void> {
  const record = await beginApplying(changeId)
  if (!record) return
  const refusal = await whyNotFresh(changeId, record)
  if (refusal === 'stale') return
  if (refusal) return endChange(changeId, 'not-started', refusal)

  const runs = await hostRunsOf(changeId, record)
  const first = await goFirst(changeId, runs)
  await untilStopped(async () => {
    const failed = await uploadAll(changeId, first, signal)
    if (failed) return endChange(changeId, 'not-started', failed)
    await setHostStates(first, { state: 'running' })
    await followToEnd(changeId, runs, 'start', signal)
  })
}

/** Finds how far a change came while Pollux was away, and takes it to an end. */
export async function resumeChange(changeId: number, signal: AbortSignal): Promise<void> {
  const change = await work((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
  const runs = await hostRunsOf(changeId, openPlan(change.sealedPlan))
  await note(changeId, 'Pollux was started again: looking at what the hosts did meanwhile')
  await untilStopped(() => followToEnd(changeId, runs, 'only-watch', signal))
}

async function followToEnd(changeId: number, runs: HostRun[], how: 'start' | 'only-watch', signal: AbortSignal) {
  const follow = async (some: readonly HostRun[], from: 'start' | 'only-watch') => {
    const alone = some.find((run) => run.work.confirms === 'itself')
    return alone ? [await toEnd(alone, from, signal)] : together(changeId, some, from, signal)
  }
  const upload = (some: HostRun[]) => uploadAll(changeId, some, signal)
  const { ends, detail } = await canaryThenRest(changeId, runs, how, { follow, upload })
  const outcome = await withProofsFromAfar(changeId, outcomeOf(ends))
  if (outcome === 'applied') await proveAgain(changeId, runs)
  await endChange(changeId, outcome, detail)
  await readAnew(runs)
}

/** A change whose hosts proved all is unverified where somebody beyond them could not look. */
async function withProofsFromAfar(changeId: number, outcome: Outcome): Promise<Outcome> {
  if (outcome !== 'applied') return outcome
  const unseen = await read((tx) =>
    tx.proofRow.count({ where: { changeId, weight: 'must', OR: [{ verdict: null }, { verdict: { not: 'yes' } }] } }),
  )
  return unseen === 0 ? 'applied' : 'applied-unverified'
}

/** Work that Pollux leaves where it is when it stops: the hosts go on alone, and the next start finds them. */
async function untilStopped(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof WatchStopped)) throw error
  }
}

// So that lists, home and drift say how the hosts are now; a reading that fails is the next schedule's.
async function readAnew(runs: readonly HostRun[]): Promise<void> {
  const ctx = systemCtx(newRequestId())
  const readings = await Promise.allSettled(runs.map((run) => readHost(ctx, { hostId: run.hostId, tier: 'cheap' })))
  for (const reading of readings) if (reading.status === 'rejected') logError(ctx, reading.reason)
}

async function beginApplying(changeId: number): Promise<PlanRecord | null> {
  return work(async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId } })
    if (change?.state !== 'approved') return null
    const isExpired = change.expiresAt !== null && change.expiresAt < new Date()
    await tx.change.update({
      where: { id: changeId },
      data: isExpired
        ? {
            state: 'ended',
            outcome: 'expired',
            detail: 'The approval had expired. Nothing was touched.',
            endedAt: new Date(),
          }
        : { state: 'applying', startedAt: new Date(), stopAskedBy: null },
    })
    if (isExpired) await forgetSecrets(tx, changeId)
    return isExpired ? null : openPlan(change.sealedPlan)
  })
}

/** Makes the plan again on fresh facts. `stale` when it differs (kept for a new approval), a sentence when it cannot be made. */
async function whyNotFresh(changeId: number, record: PlanRecord): Promise<'stale' | string | null> {
  await note(changeId, 'reading again what the plan rests on')
  try {
    const fresh = await makePlan(record.origin)
    if (fresh.digest === record.digest) return null
    await work(async (tx) => {
      await tx.change.update({
        where: { id: changeId },
        data: {
          state: 'stale',
          startedAt: null,
          approvedAt: null,
          expiresAt: null,
          sealedPlan: sealPlan({ ...record, fresh }),
        },
      })
    })
    await note(changeId, 'the host is no longer as it was when the plan was approved: nothing was touched')
    return 'stale'
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.userMessage ?? error.message
  }
}

/**
 * Uploads to all hosts; when one refuses or is lost, or somebody asked meanwhile to stop, withdraws from all and returns
 * why. Throws WatchStopped.
 */
async function uploadAll(changeId: number, runs: HostRun[], signal: AbortSignal): Promise<string | null> {
  await note(changeId, 'bringing staged files, copies, undo and supervisor to the host')
  // The folder has the same path on each of them.
  await setHostStates(runs, { state: 'uploading', directory: runs[0]?.work.directory, startedAt: new Date() })
  const results = await Promise.allSettled(runs.map(upload))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  // Read after the last host has it: who is told to stop from here on stops by himself, also before his first step.
  const stopped = failures.length === 0 ? await whyStopped(changeId) : null
  if (failures.length === 0 && stopped === null) return null
  const unknown = failures.find((failure) => !isAppError(failure))
  if (unknown) throw unknown
  const brought = runs.filter((_, at) => {
    const result = results[at]
    return result?.status === 'fulfilled' || mayHaveArrived(result?.reason)
  })
  // Over as many connections as it takes, as a lock that stays would keep every later change away.
  await Promise.all(brought.map((run) => watchHost(run, 'only-watch', null, signal)))
  await setHostStates(runs, { state: 'ended', outcome: 'not-started', endedAt: new Date() })
  if (stopped !== null) return stopped
  const sentences = failures.map((failure) => (isAppError(failure) ? (failure.userMessage ?? failure.message) : ''))
  return sentences.join(' ')
}

async function endChange(changeId: number, outcome: Outcome, detail: string | null): Promise<void> {
  await work(async (tx) => {
    const change = await tx.change.update({
      where: { id: changeId },
      data: { state: 'ended', outcome, detail, endedAt: new Date() },
    })
    await tx.changeHost.updateMany({
      where: { changeId, state: { not: 'ended' } },
      data: { state: 'ended', outcome, endedAt: new Date() },
    })
    await forgetSecrets(tx, changeId)
    await tx.journalLine.create({ data: { changeId, at: new Date(), kind: 'outcome', text: detail ?? outcome } })
    await writeAudit(tx, systemCtx(`change-${changeId}`), {
      verb: 'end change',
      object: 'change',
      objectId: String(changeId),
      label: `#${changeId} ${change.title}`,
      outcome: outcome === 'applied' ? 'done' : 'failed',
      detail: { outcome },
    })
  })
  changeGrew(changeId)
}
