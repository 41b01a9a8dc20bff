import { isEmptyPlan } from '@/lib/agent'
import { read, work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { changeGrew } from '../bus'
import { makePlan } from '../make-plan'
import { type Origin, openPlan } from '../plan-record'
import type { HostRun } from './host-run'

/** The name of the proof that the dashboard adds by itself to every change. */
export const planAgainCheck = 'plan-again'

/**
 * The dashboard's own proof after the host's: it reads the facts again and plans the same wish on them.
 * A plan that finds nothing to do is the proof. It advises: the host's own checks have decided already. What shows in no
 * facts has no such proof.
 */
export async function proveAgain(changeId: number, runs: readonly HostRun[]): Promise<void> {
  const change = await read((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
  const { origin, plan } = openPlan(change.sealedPlan)
  if (plan.once) return
  const seen = await planAgain(origin)
  const at = new Date()
  await work(async (tx) => {
    // A proof that a stop of Pollux cut short is made once more.
    await tx.proofRow.deleteMany({ where: { changeId, checkId: planAgainCheck } })
    await tx.proofRow.createMany({ data: runs.map((run) => ({ ...rowOf(changeId, run), ...seen, at })) })
  })
  changeGrew(changeId)
}

function rowOf(changeId: number, run: HostRun) {
  return {
    changeId,
    hostId: run.hostId,
    hostName: run.hostName,
    checkId: planAgainCheck,
    title: 'The same plan on facts read anew',
    weight: 'advise',
    expected: 'nothing to do',
  }
}

async function planAgain(origin: Origin): Promise<{ verdict: string; seen: string }> {
  try {
    const { plan } = await makePlan(origin)
    if (isEmptyPlan(plan)) return { verdict: 'yes', seen: 'nothing to do' }
    return { verdict: 'no', seen: plan.summary }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { verdict: 'unknown', seen: error.userMessage ?? error.message }
  }
}
