import {
  type ExchangeKind,
  endOf,
  exchangeOf,
  type IpsecFacts,
  ipsecFacts,
  ipsecProbe,
  type MemberEnd,
  type StandingMesh,
} from '@/agents/ipsec/view'
import type { Ctx } from '@/lib/auth/actor'
import { askProbe } from '@/lib/changes/read-agent-facts'
import { listReadFacts } from '@/lib/inventory/list-read-facts'

/** A member as far as its host is known. */
export interface KnownMember {
  end: MemberEnd | null
  /** Why there is no end, one sentence; null where there is one. */
  problem: string | null
  /** The daemon's unit, by which its log is asked for. */
  unit: string
  /** The kind of daemon that keeps its pairs. */
  kind: ExchangeKind
  /** The host's name; its label where the host left the inventory. */
  name: string
}

type Members = StandingMesh['members']

/**
 * What the tunnels of some members depend on, in their order: as it was read last, else asked now. One query, and one
 * reading for each host that was never read.
 */
export async function knownMembers(ctx: Ctx, members: Members): Promise<KnownMember[]> {
  const hosts = new Map(
    (
      await listReadFacts(
        ctx,
        ipsecProbe.id,
        members.map(({ hostId }) => hostId),
      )
    ).map((host) => [host.hostId, host]),
  )
  return Promise.all(
    members.map(async (member): Promise<KnownMember> => {
      const host = hosts.get(member.hostId)
      if (!host) return { end: null, problem: 'Its host left the inventory.', ...daemonOf(null), name: member.label }
      const read = ipsecFacts.safeParse(host.value)
      const { found, problem } = read.success
        ? { found: read.data, problem: null }
        : await askProbe(ctx, member.hostId, ipsecProbe)
      const end = found && endOf(found, member)
      const none = found ? `It had no ${member.outer} on a device when it was read last.` : problem
      return { end, problem: end ? null : none, ...daemonOf(found), name: host.name }
    }),
  )
}

function daemonOf(facts: IpsecFacts | null): Pick<KnownMember, 'unit' | 'kind'> {
  const daemon = facts?.daemon ?? null
  return { unit: daemon?.unit ?? 'strongswan.service', kind: exchangeOf(daemon).kind }
}
