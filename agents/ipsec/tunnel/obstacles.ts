import type { PlanHost } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import type { IpsecFacts } from '../facts/facts'
import { type Mesh, ownName } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { bootWay, foreignStanzas } from './boot-files'
import { filesByName, takenBefore } from './networkd-match'
import type { Tunnel } from './tunnel'

/**
 * Throws the reason why a tunnel that is wanted cannot be made as the host is: what somebody else made is neither taken over
 * nor replaced. `standing` are the host's tunnels, `own` the names of those that are this mesh's by Pollux's files.
 */
export function refuseObstacles(
  { name: host, facts }: PlanHost<IpsecFacts>,
  mesh: Mesh,
  sides: readonly Side[],
  standing: ReadonlyMap<string, Tunnel>,
  own: ReadonlySet<string>,
): void {
  if (sides.length === 0) return
  if (facts.kernel.hasIpip === false)
    throw refuse(
      `The kernel of ${host} has no ip-ip tunnels (module ipip), as in most containers. It cannot be a member.`,
    )
  const devices = new Set(facts.devices.map((device) => device.name))
  const byEnds = new Map([...standing.values()].map((tunnel) => [endsOf(tunnel.local, tunnel.remote), tunnel]))
  const stanzas = foreignStanzas(facts)
  const byName = filesByName(facts.files)
  for (const side of sides) {
    const { name, peer } = side
    if (!own.has(name) && (devices.has(name) || standing.has(name)))
      throw refuse(
        `${host} has a device ${name} that Pollux did not make. Remove or rename it, or give ${peer.label} another label.`,
      )
    if (own.has(name) && devices.has(name) && !standing.has(name))
      throw refuse(
        `${name} on ${host} is no ip-ip tunnel any more: somebody made another device of that name. Remove it.`,
      )
    const twin = byEnds.get(endsOf(side.own.outer, peer.outer))
    // One of this mesh under another name goes in the same step, before this one is made.
    if (twin && twin.name !== name && !own.has(twin.name)) throw refuse(twinSentence(host, side, twin.name))
    const stanza = stanzas.get(name)
    if (stanza !== undefined)
      throw refuse(`${host} sets up ${name} in ${stanza}. Take that out, or give ${peer.label} another label.`)
    refuseTakenBefore(host, bootWay(facts, side.own.device) === 'networkd' ? byName : [], mesh, side)
  }
}

function endsOf(local: string | null, remote: string | null): string {
  return `${local ?? 'any'} ${remote ?? 'any'}`
}

function twinSentence(host: string, { own, peer }: Side, twin: string): string {
  return `${host} already has a tunnel from ${own.outer} to ${peer.outer}, ${twin}, and the kernel takes no second one between the same addresses. Remove it from the host's network files and by "ip tunnel del ${twin}", or leave ${peer.host.name} out.`
}

function refuseTakenBefore(
  host: string,
  byName: ReturnType<typeof filesByName>,
  mesh: Mesh,
  { name, peer }: Side,
): void {
  const file = takenBefore(byName, name, `${ownName(mesh, peer)}.network`)
  if (file === null) return
  throw refuse(
    `networkd on ${host} would set up ${name} by ${file}, whose name pattern fits it and which is read first: the tunnel would have no address after a boot. Narrow its [Match], such as by Type=ether.`,
  )
}
