import { type SchedulerFacts, schedulerDesired, schedulerFacts } from '@/agents/scheduler'
import { deviceRows, hostView, suggestedChoices } from '@/agents/scheduler/view'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { type HostDisks, SettingsForm } from './settings-form'

/** Reads the hosts now, and offers one table of all their disks. */
export async function SettingsStep({ ctx, hosts }: { ctx: Ctx; hosts: readonly { id: string; name: string }[] }) {
  const [readings, draft] = await Promise.all([
    readAgentFacts(
      ctx,
      'scheduler',
      hosts.map((host) => host.id),
    ),
    findDraft(ctx, 'scheduler'),
  ])
  const kept = schedulerDesired.safeParse(draft?.data)
  const failed = readings.filter((reading) => reading.problem !== null)
  const disks = readings.flatMap((reading): HostDisks[] => {
    const facts = schedulerFacts.safeParse(reading.facts)
    return facts.success ? [disksOf(reading.hostId, reading.name, facts.data)] : []
  })
  return (
    <>
      {failed.map((reading) => (
        <div className="mb-3" key={reading.hostId}>
          <Note status="unknown" title={`${reading.name} was not read`}>
            {reading.problem}
          </Note>
        </div>
      ))}
      {disks.length > 0 ? <SettingsForm hosts={disks} kept={kept.success ? kept.data : null} /> : null}
    </>
  )
}

function disksOf(hostId: string, name: string, facts: SchedulerFacts): HostDisks {
  return { hostId, name, ...hostView(facts), rows: deviceRows(facts), suggested: suggestedChoices(facts) }
}
