import type { PlanHost } from '@/lib/agent'
import type { FirewallFacts, IpsecFacts } from '../../facts/facts'
import { type Member, type Side, sidesOf } from '../../mesh/pair'

export const mesh = { tag: 'cloud' }

const noFirewall: FirewallFacts = {
  tool: 'none',
  because: 'no rules',
  iptables: null,
  iptablesBackend: null,
  nft: null,
  isPersistent: false,
}

/** A host of which the firewall's part alone is known. */
export function hostWith(
  firewall: Partial<FirewallFacts>,
  over: Partial<IpsecFacts> = {},
  hostId = 'h1',
): PlanHost<IpsecFacts> {
  const facts: IpsecFacts = {
    programs: [],
    daemon: null,
    daemons: [],
    canInstall: null,
    kernel: { release: '6.1.0', hasEsp: true, hasIpip: true, hasXfrm: true, hasPolicyMatch: true },
    hasSystemd: true,
    devices: [],
    tunnels: [],
    routes: [],
    files: {},
    folders: [],
    publicKey: null,
    connections: null,
    sas: null,
    policies: null,
    firewall: { ...noFirewall, ...firewall },
    xfrmStat: {},
    logins: null,
    clockS: null,
    ...over,
  }
  return { hostId, name: 'web0', facts }
}

/** The host's sides towards peers, of which each is a label and an outer address. */
export function sidesTo(host: PlanHost<IpsecFacts>, outer: string, peers: Readonly<Record<string, string>>): Side[] {
  const member = (label: string, address: string, at: PlanHost<IpsecFacts>): Member => ({
    hostId: at.hostId,
    label,
    outer: address,
    inner: '10.20.0.1',
    host: at,
    device: { name: 'eth0', mtu: 1500, isUp: true, addresses: [], stack: 'none' },
  })
  const own = member('web0', outer, host)
  const others = Object.entries(peers).map(([label, address]) =>
    member(label, address, { ...host, hostId: label, name: label }),
  )
  const wish = { kind: 'mesh', tag: mesh.tag, name: 'Cloud', prefix: '10.20.0.0/24', profile: 'modern' } as const
  return sidesOf({ ...wish, members: [], leaving: [], innerNames: false, foreign: [] }, own, [own, ...others])
}

/** Ids as an agent makes them. */
export const ids = (word: string): string => `h1.${word}`
