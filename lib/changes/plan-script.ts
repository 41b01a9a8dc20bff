import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { instanceId } from '@/lib/config/instance-id'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { authorizeChange } from './change-scope'
import { deadlineOf } from './deadline'
import { ChangeInput } from './decide-change'
import { type HostWork, hostChecksOf } from './on-host/host-work'
import { changeFolder, stateRoots } from './on-host/layout'
import { standaloneScript } from './on-host/standalone-script'
import { openPlan, type PlanRecord } from './plan-record'

export const PlanScriptInput = ChangeInput.extend({ hostId: z.string().min(1).max(64) })

/**
 * One host's part of a change's plan (the newer one while it is stale) as a sh file that runs without Pollux. It holds
 * the files' text, secrets too: so it takes the right to apply, and is audited. Throws AppError `not-found`.
 */
export async function planScript(
  ctx: Ctx,
  input: z.input<typeof PlanScriptInput>,
): Promise<{ fileName: string; text: string }> {
  authorize(ctx, 'apply a change')
  const { changeId, hostId } = parseInput(PlanScriptInput, input)
  await authorizeChange(ctx, changeId)
  return work(async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId } })
    const record = change ? openPlan(change.sealedPlan) : null
    const shown = record?.fresh ?? record
    const host = shown?.hosts.find((each) => each.id === hostId)
    const steps = shown ? stepsOn(shown, hostId).flat().length : 0
    if (!change || !shown || !host || steps === 0)
      throw new AppError('not-found', `expected steps of change ${changeId} on ${hostId}, found none`, {
        userMessage: `Change #${changeId} has nothing to do on this host.`,
      })
    await writeAudit(tx, ctx, {
      verb: 'download script',
      object: 'change',
      objectId: String(changeId),
      label: `#${changeId} ${change.title}`,
      detail: { host: host.name, digest: shown.digest },
    })
    const { plan, digest } = shown
    const hostNames = Object.fromEntries(shown.hosts.map(({ id, name }) => [id, name]))
    const text = standaloneScript({ work: workOf(changeId, shown, hostId), plan, digest, hostId, hostNames })
    return { fileName: `pollux-${changeId}-${host.name.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.sh`, text }
  })
}

type ShownRecord = Omit<PlanRecord, 'fresh'>

function stepsOn({ plan }: ShownRecord, hostId: string) {
  return plan.phases.map((phase) => phase.hosts.find((host) => host.hostId === hostId)?.steps ?? [])
}

/** As a change of its own beside the one of Pollux, so that neither takes away the other's way back. */
function workOf(changeId: number, record: ShownRecord, hostId: string): HostWork {
  const root = stateRoots[0]
  const folder = `${changeFolder(instanceId(), changeId)}-script`
  return {
    changeId,
    title: `${record.plan.title} (by its script)`,
    folder,
    directory: `${root}/changes/${folder}`,
    root,
    sys: '',
    phases: stepsOn(record, hostId),
    checks: hostChecksOf(record.plan, hostId),
    secrets: record.plan.secrets ?? [],
    supersedes: null,
    deadlineS: deadlineOf(record.plan, hostId),
    confirms: record.plan.guard === null ? 'itself' : 'by hand',
  }
}
