import { randomUUID } from 'node:crypto'
import { countersOf, type EndSeen, evidenceProbe, type PairEvidence, statProbe } from '@/agents/ipsec/pair/view'
import {
  askedPair,
  type DropsSeen,
  type PairSide,
  pairName,
  pairProbe,
  pairSide,
  type StandingMesh,
} from '@/agents/ipsec/view'
import { type Ctx, systemCtx } from '@/lib/auth/actor'
import { askProbe } from '@/lib/changes/read-agent-facts'
import { single } from '@/lib/config/single'
import { type KnownMember, knownMembers } from './member-ends'

type Member = StandingMesh['members'][number]

/** All that was read of one end. */
export interface EndLook extends EndSeen {
  label: string
  hostId: string
  outer: string
  inner: string
  /** The connection, its child and the tunnel's device on this host. */
  connection: string
  rules: readonly string[] | null
  drops: DropsSeen
}

export interface PairLook {
  at: number
  side: PairSide | null
  ends: readonly [EndLook, EndLook]
}

/**
 * Looks at one pair from both ends, at once: the kernel's counters, then pings and what daemon, kernel and rules say, then
 * the counters again, so that what rose meanwhile was raised by those pings. All who ask for a pair meanwhile get the same
 * look. Never throws for what a host did not tell.
 */
export function lookAtPair(mesh: StandingMesh, one: Member, other: Member): Promise<PairLook> {
  const looks = single('pair-looks', () => new Map<string, Promise<PairLook>>())
  const key = `${mesh.changeId} ${mesh.tag} ${one.label} ${other.label}`
  const known = looks.get(key)
  if (known) return known
  const look = lookOnce(mesh, one, other).finally(() => looks.delete(key))
  looks.set(key, look)
  return look
}

async function lookOnce(mesh: StandingMesh, one: Member, other: Member): Promise<PairLook> {
  const ctx = systemCtx(randomUUID())
  const [here, there] = await knownMembers(ctx, [one, other])
  if (!here || !there) throw new Error('expected both members')
  const side = pairSide(mesh, here.end, there.end)
  const ends = [
    { own: one, peer: other, known: here },
    { own: other, peer: one, known: there },
  ] as const
  const both = <T>(ask: (end: End) => Promise<T>) => Promise.all([ask(ends[0]), ask(ends[1])] as const)
  const stat = ({ own }: End) => askProbe(ctx, own.hostId, statProbe)
  const before = await both(stat)
  const seen = await both((end) => askEnd(ctx, mesh, end, side))
  const after = await both(stat)
  const lookOf = (at: 0 | 1): EndLook => {
    const { own, peer, known } = ends[at]
    return {
      ...{ label: own.label, name: known.name, hostId: own.hostId, outer: own.outer, inner: own.inner },
      connection: pairName(mesh, peer),
      ...seen[at],
      counters: countersOf(before[at].found, after[at].found ?? {}),
    }
  }
  return { at: Date.now(), side, ends: [lookOf(0), lookOf(1)] }
}

interface End {
  own: Member
  peer: Member
  known: KnownMember
}

async function askEnd(ctx: Ctx, mesh: StandingMesh, { own, peer, known }: End, side: PairSide | null) {
  const drops: DropsSeen = { in: null, out: null }
  const nothing: PairEvidence = { log: null, rules: null }
  const names = { name: pairName(mesh, peer), peerOuter: peer.outer }
  const [pairs, evidence] = await Promise.all([
    side
      ? askProbe(ctx, own.hostId, pairProbe(mesh, [askedPair(mesh, own, peer, side)], known.kind))
      : { found: null, problem: known.problem },
    askProbe(ctx, own.hostId, evidenceProbe(names, known.unit)),
  ])
  return {
    seen: pairs.found?.pairs[0] ?? null,
    problem: pairs.problem,
    drops: pairs.found?.drops ?? drops,
    ...(evidence.found ?? nothing),
  }
}
