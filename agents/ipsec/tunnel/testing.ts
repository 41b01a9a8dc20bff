import type { PlanHost } from '@/lib/agent'
import type { ConfigFiles } from '@/lib/agent/config-file'
import type { LiveAddress } from '@/lib/agent/live-address'
import type { MeshWish } from '../desired'
import type { DeviceFacts, IpsecFacts } from '../facts/facts'
import { type Member, type Side, sidesOf } from '../mesh/pair'

/** An address of IPv4 as it stands on a device. */
export function onDevice(host: string, prefix: number, peer: string | null = null): LiveAddress {
  return { family: 4, host, prefix, peer, scope: 'global', label: null, flags: [] }
}

/** A host of Debian 12 with one device, eth0, and nothing of a mesh. */
export function hostWith(
  name: string,
  { address, stack = 'networkd', files = {}, ...more }: HostWords,
): PlanHost<IpsecFacts> {
  const eth0: DeviceFacts = { name: 'eth0', mtu: 1500, isUp: true, addresses: [onDevice(address, 24)], stack }
  const facts: IpsecFacts = {
    programs: ['ip'],
    daemon: null,
    daemons: [],
    canInstall: null,
    kernel: { release: '6.1.0', hasEsp: true, hasIpip: true, hasXfrm: true, hasPolicyMatch: true },
    hasSystemd: true,
    devices: [eth0],
    tunnels: [],
    routes: [],
    files,
    folders: ['/etc/network/interfaces.d'],
    publicKey: null,
    connections: null,
    sas: null,
    policies: null,
    firewall: { tool: 'none', because: '', iptables: null, iptablesBackend: null, nft: null, isPersistent: false },
    xfrmStat: {},
    logins: null,
    clockS: null,
    ...more,
  }
  return { hostId: name, name, facts }
}

type HostWords = Partial<Omit<IpsecFacts, 'files'>> & {
  address: string
  stack?: DeviceFacts['stack']
  files?: ConfigFiles
}

/** A file of root's. */
export function fileOf(bytes: string): ConfigFiles[string] {
  return { state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root', bytes }
}

export const mesh: MeshWish = {
  kind: 'mesh',
  tag: 'tt',
  name: 'Test',
  prefix: '10.9.0.0/24',
  profile: 'modern',
  members: [],
  leaving: [],
  innerNames: false,
  foreign: [],
}

/** How the host sees peers of these labels: the nth has 192.0.2.(n+10) outside and 10.9.0.(n+10) inside. */
export function sidesFor(host: PlanHost<IpsecFacts>, labels: readonly string[]): Side[] {
  const member = (label: string, of: PlanHost<IpsecFacts>, at: number): Member => {
    const [device] = of.facts.devices
    if (!device) throw new Error('expected a device')
    return { hostId: of.hostId, label, outer: `192.0.2.${at}`, inner: `10.9.0.${at}`, host: of, device }
  }
  const peers = labels.map((label, at) => member(label, hostWith(label, { address: `192.0.2.${at + 10}` }), at + 10))
  return sidesOf(mesh, member('own', host, 1), peers)
}
