import { askedPairsOf, type PairsSeen, pairProbe, type StandingMesh } from '@/agents/ipsec/view'
import type { Ctx } from '@/lib/auth/actor'
import { askProbe } from '@/lib/changes/read-agent-facts'
import type { KnownMember } from './member-ends'
import { joinReadings, type MemberReading } from './mesh-seen'

/** How many peers a host pings in one call, one after another: two seconds for each that is dead. */
const PEERS_A_CALL = 20

/**
 * Asks one member, by its place in the mesh, how all its pairs are. `known` are all members, in their order. Never throws:
 * why a member was not read is part of the answer.
 */
export async function readMember(
  ctx: Ctx,
  mesh: StandingMesh,
  place: number,
  known: readonly KnownMember[],
): Promise<MemberReading> {
  const member = mesh.members[place]
  const own = known[place]
  if (!member || own?.problem !== null) return notRead(own?.problem ?? 'It is not known.')
  const asked = askedPairsOf(
    mesh,
    member,
    known.map(({ end }) => end),
  )
  const parts: PairsSeen[] = []
  for (let at = 0; at < asked.length; at += PEERS_A_CALL) {
    const probe = pairProbe(mesh, asked.slice(at, at + PEERS_A_CALL), own.kind)
    const { found, problem } = await ask(ctx, member.hostId, probe)
    if (problem !== null) return notRead(problem)
    parts.push(found)
  }
  return joinReadings(parts, Date.now())
}

function notRead(problem: string): MemberReading {
  return { at: Date.now(), pairs: null, drops: { in: null, out: null }, problem }
}

async function ask(ctx: Ctx, hostId: string, probe: ReturnType<typeof pairProbe>) {
  try {
    return await askProbe(ctx, hostId, probe)
  } catch {
    return { found: null, problem: 'Pollux could not ask it.' }
  }
}
