import type { z } from 'zod'
import type { MeshMember, MeshProfile, meshWish } from '@/agents/ipsec/desired'
import { reasonAgainst } from '@/agents/ipsec/foreign/in-the-way'
import type { ForeignView, OuterChoice, StandingMesh } from '@/agents/ipsec/view'
import { firstLabel, firstTag } from './first-names'
import { type InnerPlan, planInners } from './inner-plan'

/** A host that is chosen as a member, and was read. */
export interface FormHost {
  hostId: string
  name: string
  outers: readonly OuterChoice[]
  /** Whether its daemon has a place in the compatible profile alone. */
  isOlder: boolean
  /** What others made of IPsec on it. */
  others: readonly ForeignView[]
}

/** What the form rests on; the wish is what a person makes of it. */
export interface Frame {
  hosts: readonly FormHost[]
  /** The mesh that is changed; null for a new one. */
  before: StandingMesh | null
  /** Its members who go, as far as they were read. */
  leaving: readonly { hostId: string; name: string }[]
  /** Short names that no new mesh can have: of those that stand, and of what lies on these hosts. */
  takenTags: readonly string[]
  /** A net that none of the hosts uses. */
  suggestedPrefix: string | null
}

export interface MemberWish {
  label: string
  outer: string
  /** Null: as it is planned. */
  inner: string | null
}

/** What was typed and chosen so far; kept as a draft. */
export interface Wish {
  /** The short name of the mesh that is changed; null for a new one. */
  mesh: string | null
  name: string
  /** Null: made of the name. */
  tag: string | null
  profile: MeshProfile
  prefix: string
  /** Whether members who stand get inner addresses anew, in another net. */
  renumbers: boolean
  innerNames: boolean
  /** Things of others that go: see `keyOfOther`. */
  replaced: readonly string[]
  members: Readonly<Record<string, MemberWish>>
}

/** What the form starts with: the draft as far as it still fits, else the mesh that stands, else what is suggested. */
export function firstWish(frame: Frame, draft: Wish | null): Wish {
  const { before, hosts, suggestedPrefix } = frame
  const kept = draft && isOfFrame(draft, frame) ? draft : null
  const renumbers = kept?.renumbers ?? false
  return {
    mesh: before?.tag ?? null,
    name: before?.name ?? kept?.name ?? 'Mesh',
    tag: before?.tag ?? kept?.tag ?? null,
    profile: kept?.profile ?? before?.profile ?? (hosts.some(({ isOlder }) => isOlder) ? 'compatible' : 'modern'),
    prefix: (before && !renumbers ? before.prefix : kept?.prefix) ?? suggestedPrefix ?? '',
    renumbers,
    innerNames: kept?.innerNames ?? before?.innerNames ?? false,
    replaced: kept?.replaced ?? [],
    members: firstMembers(frame, kept),
  }
}

/** A draft of the same mesh; of a new one only as long as no mesh of its short name came to stand. */
function isOfFrame(draft: Wish, { before, takenTags }: Frame): boolean {
  if (before) return draft.mesh === before.tag
  return draft.mesh === null && !takenTags.includes(draft.tag ?? firstTag(draft.name, []))
}

function firstMembers({ hosts, before }: Frame, kept: Wish | null): Record<string, MemberWish> {
  const taken = new Set((before?.members ?? []).map(({ label }) => label))
  const keptLabels = hosts.flatMap(({ hostId }) => kept?.members[hostId]?.label ?? [])
  for (const label of keptLabels) taken.add(label)
  return Object.fromEntries(
    hosts.map(({ hostId, name, outers }): [string, MemberWish] => {
      const standing = standingOf(before, hostId)
      const draft = kept?.members[hostId]
      const label = standing?.label ?? draft?.label ?? firstLabel(name, taken)
      taken.add(label)
      const [first] = outers
      const wanted = [draft?.outer, standing?.outer].find((one) => outers.some(({ address }) => address === one))
      return [hostId, { label, outer: wanted ?? first?.address ?? '', inner: draft?.inner ?? null }]
    }),
  )
}

/** The member that stands on the host; undefined where it joins. */
export function standingOf(before: StandingMesh | null, hostId: string): MeshMember | undefined {
  return before?.members.find((member) => member.hostId === hostId)
}

/** The wish with another value for one member. */
export function withMember(wish: Wish, hostId: string, part: Partial<MemberWish>): Wish {
  const member = wish.members[hostId]
  return member ? { ...wish, members: { ...wish.members, [hostId]: { ...member, ...part } } } : wish
}

/** By what a thing that others made on a host is told from all others. */
export function keyOfOther(hostId: string, { id }: Pick<ForeignView, 'id'>): string {
  return `${hostId} ${id}`
}

/** What others made on the members, in the members' order. */
export function othersOf({ hosts }: Frame) {
  return hosts.flatMap(({ hostId, name, others }) =>
    others.map((other) => ({ key: keyOfOther(hostId, other), hostId, name, other })),
  )
}

/** Why a thing of others cannot stay beside the mesh as it is wished, a sentence; null where it can. */
export function whyInTheWay(frame: Frame, wish: Wish, hostId: string, other: ForeignView): string | null {
  const own = wish.members[hostId]
  if (!own) return null
  const peers = frame.hosts.flatMap((host) => (host.hostId === hostId ? [] : (wish.members[host.hostId] ?? [])))
  return reasonAgainst(other, { mesh: { tag: tagOf(frame, wish) }, own, peers })
}

/**
 * The wish that goes on with the inner addresses of a tunnel that others made, and has that tunnel go. A new mesh takes the
 * /24 around them for its net.
 */
export function withAdopted(frame: Frame, wish: Wish, hostId: string, other: ForeignView): Wish {
  const { adopts } = other
  const peer = frame.hosts.find((host) => adopts !== null && wish.members[host.hostId]?.outer === adopts.peerOuter)
  if (!adopts || !peer) return wish
  const own = withMember(wish, hostId, { inner: adopts.ownInner })
  const both = adopts.peerInner === null ? own : withMember(own, peer.hostId, { inner: adopts.peerInner })
  const there = peer.others.find((one) => one.adopts?.peerOuter === wish.members[hostId]?.outer)
  const goes = [keyOfOther(hostId, other), ...(there ? [keyOfOther(peer.hostId, there)] : [])]
  const prefix = frame.before ? both.prefix : adopts.ownInner.replace(/\.\d+$/, '.0/24')
  return { ...both, prefix, replaced: [...new Set([...wish.replaced, ...goes])] }
}

/** The short name as it is typed, or as the name suggests it. */
export function tagOf({ before, takenTags }: Frame, wish: Wish): string {
  return before?.tag ?? wish.tag ?? firstTag(wish.name, takenTags)
}

/** The inner address of each host as it is planned, whatever was typed; `problem` where the net has not enough. */
export function plannedInners({ hosts, before }: Frame, wish: Wish): InnerPlan {
  const isKept = before !== null && !wish.renumbers
  const joining = hosts.map(({ hostId }) => hostId)
  if (!isKept) return planInners({ prefix: wish.prefix.trim(), members: [], joining, retired: [] })
  const members = before.members.filter(({ hostId }) => joining.includes(hostId))
  const going = before.members.filter(({ hostId }) => !joining.includes(hostId))
  const retired = [...before.retired, ...going.map(({ inner }) => inner)]
  return planInners({ prefix: before.prefix, members, joining, retired })
}

/** The inner address that a member gets: what was typed, else what is planned. */
export function innerOf({ inners }: InnerPlan, hostId: string, member: MemberWish): string {
  return member.inner ?? inners.get(hostId) ?? ''
}

/** The agent's wish as the form says it, whether or not it can be met. */
export function desiredOf(frame: Frame, wish: Wish): z.input<typeof meshWish> {
  const { hosts, before, leaving } = frame
  const planned = plannedInners(frame, wish)
  return {
    kind: 'mesh',
    tag: tagOf(frame, wish),
    name: wish.name.trim(),
    prefix: before && !wish.renumbers ? before.prefix : wish.prefix.trim(),
    profile: wish.profile,
    members: hosts.flatMap(({ hostId }) => {
      const member = wish.members[hostId]
      if (!member) return []
      return [
        { hostId, label: member.label.trim(), outer: member.outer, inner: innerOf(planned, hostId, member).trim() },
      ]
    }),
    leaving: leaving.map(({ hostId }) => hostId),
    innerNames: wish.innerNames,
    foreign: othersOf(frame)
      .filter(({ key }) => wish.replaced.includes(key))
      .map(({ hostId, other }) => ({ hostId, id: other.id, deed: 'replace' })),
  }
}

/** The wish that takes a mesh away from all of its members that were read. */
export function removalOf(mesh: StandingMesh, hostIds: readonly string[]): z.input<typeof meshWish> {
  const { tag, name, prefix, profile } = mesh
  return { kind: 'mesh', tag, name, prefix, profile, members: [], leaving: [...hostIds], innerNames: false }
}

/** What will be, in one sentence for the bar. */
export function summaryOf({ hosts, before, leaving }: Frame, wish: Wish): string {
  const name = wish.name.trim() || 'The mesh'
  const pairs = (hosts.length * (hosts.length - 1)) / 2
  const size = `${name}: ${counted(hosts.length, 'member')}, ${counted(pairs, 'pair')}`
  if (!before) return `${size}.`
  const joins = hosts.filter(({ hostId }) => !standingOf(before, hostId)).map((host) => host.name)
  return `${[
    size,
    deed(joins, 'join'),
    deed(
      leaving.map((host) => host.name),
      'leave',
    ),
  ]
    .filter((part) => part !== '')
    .join('; ')}.`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function deed(names: readonly string[], verb: string): string {
  if (names.length === 0) return ''
  if (names.length > 3) return `${names.length} ${verb}`
  return `${names.join(', ')} ${verb}${names.length === 1 ? 's' : ''}`
}
