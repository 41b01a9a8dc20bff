import { type Finding, type PlanHost, refuse } from '@/lib/agent'
import type { MeshMember, MeshWish } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { refuseInner } from './address-plan-refuse'
import { whyNoKernel } from './kernel'
import { deviceWith, type Member } from './pair'

type Hosts = readonly PlanHost<IpsecFacts>[]

/**
 * The members with what their hosts said, and what a person should know of their addresses. Throws `invalid` with the first
 * reason why one of them cannot be in the mesh.
 */
export function membersOf(hosts: Hosts, wish: MeshWish): { members: Member[]; findings: Finding[] } {
  const byId = new Map(hosts.map((host) => [host.hostId, host]))
  refuseUnknown(wish, byId)
  const findings = refuseInner(wish, byId)
  const members = wish.members.flatMap((member) => {
    const host = byId.get(member.hostId)
    return host ? [{ ...member, host, device: readyDevice(host, member, wish) }] : []
  })
  return { members, findings }
}

/** The hosts that leave, each once, and none that stays. */
export function leavingOf(hosts: Hosts, { members, leaving }: MeshWish): PlanHost<IpsecFacts>[] {
  const staying = new Set(members.map(({ hostId }) => hostId))
  return hosts.filter(({ hostId }) => leaving.includes(hostId) && !staying.has(hostId))
}

function refuseUnknown({ members }: MeshWish, byId: ReadonlyMap<string, PlanHost<IpsecFacts>>): void {
  const seen = new Set<string>()
  for (const { hostId } of members) {
    const host = byId.get(hostId)
    if (!host) throw refuse('One of the members is not among the hosts of this plan.', `members.${hostId}.hostId`)
    if (seen.has(hostId)) throw refuse(`${host.name} is in the list of members twice.`, `members.${hostId}.hostId`)
    seen.add(hostId)
  }
}

function readyDevice({ name, facts }: PlanHost<IpsecFacts>, { hostId, outer }: MeshMember, { profile }: MeshWish) {
  const no = (sentence: string) => refuse(sentence, `members.${hostId}.hostId`)
  const { daemon, publicKey } = facts
  const noKernel = whyNoKernel(name, facts)
  if (noKernel !== null) throw no(noKernel)
  if (daemon === null) throw no(`${name} has no IKE daemon yet. Prepare it first: that installs strongSwan.`)
  if (daemon.kind === 'libreswan' || daemon.kind === 'racoon')
    throw no(
      `${name} runs ${daemon.kind}. Pollux sets up strongSwan alone, and two daemons on one host hinder each other.`,
    )
  if (daemon.kind === 'starter' && profile === 'modern')
    throw no(
      `${name} runs strongSwan by ipsec.conf, which a mesh of the modern profile has no place for. Choose the compatible profile: pairs of other members stay as strong.`,
    )
  if (!daemon.isActive || publicKey === null)
    throw no(
      `${name} is not prepared: ${daemon.isActive ? 'it has no key of its own' : 'strongSwan does not run'} yet.`,
    )
  const device = deviceWith(facts, outer)
  if (!device) throw refuse(`${name} has no ${outer} on a device of its own.`, `members.${hostId}.outer`)
  return device
}
