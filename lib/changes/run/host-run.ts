import { type FarCheck, isFarCheck, type Phase, type Plan } from '@/lib/agent'
import { instanceId } from '@/lib/config/instance-id'
import { read } from '@/lib/db'
import { onHost } from '@/lib/inventory/with-host'
import { type CommandOptions, type CommandResult, sshPool } from '@/lib/ssh'
import { deadlineOf } from '../deadline'
import { type HostWork, hostChecksOf } from '../on-host/host-work'
import { changeFolder, stateRoots } from '../on-host/layout'
import type { PlanRecord } from '../plan-record'

/** One host's part of a change while it runs. */
export interface HostRun {
  changeId: number
  /** The row in the store. */
  rowId: string
  hostId: string
  hostName: string
  work: HostWork
  /** The proofs about this host that only somebody beyond it can make. */
  farChecks: readonly FarCheck[]
  /** What may not be kept of what the host says. */
  secrets: readonly string[]
  /** The change could cost the way to a host: it stands only after all were reached anew. */
  isGuarded: boolean
  /** It gives back last (Guard.outlasts). */
  outlasts: boolean
  /** Runs a script on the host as root, over the pooled connection. */
  script(sh: string, options?: CommandOptions): Promise<CommandResult>
}

/** The parts of a change, one per host that has steps. */
export async function hostRunsOf(changeId: number, record: PlanRecord): Promise<HostRun[]> {
  const rows = await read((tx) => tx.changeHost.findMany({ where: { changeId }, orderBy: { hostName: 'asc' } }))
  const { origin } = record
  return rows.map((row) => {
    const root = stateRoots[0]
    const folder = changeFolder(instanceId(), changeId)
    const onThis = onHost(row.hostKeptId)
    const of = (phase: Phase) => phase.hosts.find((host) => host.hostId === row.hostKeptId)?.steps ?? []
    return {
      changeId,
      rowId: row.id,
      hostId: row.hostKeptId,
      hostName: row.hostName,
      work: {
        changeId,
        title: record.plan.title,
        folder,
        directory: `${root}/changes/${folder}`,
        root,
        sys: '',
        phases: record.plan.phases.map(of),
        checks: hostChecksOf(record.plan, row.hostKeptId),
        secrets: record.plan.secrets ?? [],
        forgets: record.plan.forgets ?? [],
        supersedes: origin.kind === 'revert' ? changeFolder(instanceId(), origin.changeId) : null,
        deadlineS: deadlineOf(record.plan, row.hostKeptId),
        confirms: needsTelling(rows.length, record.plan) ? 'when told' : 'itself',
      },
      farChecks: record.plan.checks.filter(isFarCheck).filter((check) => check.hostId === row.hostKeptId),
      secrets: record.plan.secrets ?? [],
      isGuarded: record.plan.guard !== null,
      outlasts: record.plan.guard?.outlasts.includes(row.hostKeptId) ?? false,
      script: (sh, options) =>
        onThis((target) => sshPool().script(target, sh, { ...options, privileged: target.privilege !== 'none' })),
    }
  })
}

/** One host alone, of which nobody else has to see anything, confirms by itself. */
function needsTelling(hosts: number, { guard, checks }: Plan): boolean {
  return hosts > 1 || guard !== null || checks.some(isFarCheck)
}
