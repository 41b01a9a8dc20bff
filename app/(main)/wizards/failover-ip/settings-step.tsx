import { failoverFacts } from '@/agents/failover-ip'
import { hostView } from '@/agents/failover-ip/view'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { listPairs } from '@/lib/inventory/list-pairs'
import { AddressTable } from './address-table'
import { AskedPair, PairLines } from './pair-offers'
import { asReadNow, wishOfPair } from './pair-wish'
import { SettingsForm } from './settings-form'
import type { HostAddresses } from './wish'
import { wishDraft } from './wish-draft'

/** Reads the hosts now, shows their addresses, and asks what shall become of one. */
export async function SettingsStep({
  ctx,
  hosts,
  pairId,
}: {
  ctx: Ctx
  hosts: readonly { id: string; name: string }[]
  /** The pair whose move was asked for. */
  pairId: string | null
}) {
  const hostIds = hosts.map((host) => host.id)
  const [readings, draft, stored] = await Promise.all([
    readAgentFacts(ctx, 'failover-ip', hostIds),
    findDraft(ctx, 'failover-ip'),
    listPairs(ctx, hostIds),
  ])
  const kept = wishDraft.safeParse(draft?.data)
  const views = readings.flatMap((reading): HostAddresses[] => {
    const facts = failoverFacts.safeParse(reading.facts)
    return facts.success ? [{ hostId: reading.hostId, name: reading.name, ...hostView(facts.data) }] : []
  })
  const pairs = stored.map((pair) => asReadNow(pair, readings, views))
  const asked = pairs.find((pair) => pair.id === pairId)
  return (
    <>
      {asked ? <AskedPair pair={asked} hosts={views} /> : null}
      <PairLines pairs={pairs.filter((pair) => pair !== asked)} />
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
      {views.length > 0 ? (
        <SettingsForm
          key={asked?.id ?? ''}
          hosts={views}
          kept={asked ? wishOfPair(views, asked) : kept.success ? kept.data : null}
        />
      ) : null}
    </>
  )
}
