import { failoverFacts } from '@/agents/failover-ip'
import { hostView } from '@/agents/failover-ip/view'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { AddressTable } from './address-table'
import { SettingsForm } from './settings-form'
import type { HostAddresses } from './wish'
import { wishDraft } from './wish-draft'

/** Reads the hosts now, shows their addresses, and asks what shall become of one. */
export async function SettingsStep({ ctx, hosts }: { ctx: Ctx; hosts: readonly { id: string; name: string }[] }) {
  const [readings, draft] = await Promise.all([
    readAgentFacts(
      ctx,
      'failover-ip',
      hosts.map((host) => host.id),
    ),
    findDraft(ctx, 'failover-ip'),
  ])
  const kept = wishDraft.safeParse(draft?.data)
  const views = readings.flatMap((reading): HostAddresses[] => {
    const facts = failoverFacts.safeParse(reading.facts)
    return facts.success ? [{ hostId: reading.hostId, name: reading.name, ...hostView(facts.data) }] : []
  })
  return (
    <>
      {readings
        .filter((reading) => reading.problem !== null)
        .map((reading) => (
          <div className="mb-3" key={reading.hostId}>
            <Note status="unknown" title={`${reading.name} was not read`}>
              {reading.problem}
            </Note>
          </div>
        ))}
      {views.map((host) => (
        <AddressTable key={host.hostId} host={host} />
      ))}
      {views.length > 0 ? <SettingsForm hosts={views} kept={kept.success ? kept.data : null} /> : null}
    </>
  )
}
