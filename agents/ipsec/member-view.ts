import { parseAddress } from '@/lib/agent/ip-address'
import type { DaemonFacts, DaemonKind, IpsecFacts } from './facts/facts'
import { findMechanism } from './firewall/mechanism'
import { type ForeignView, foreignViews } from './foreign/foreign-view'
import { keptPairs } from './ike/kept-pairs'
import { whyNoKernel } from './mesh/kernel'
import { leftOfMesh } from './prepare/plan-clean'
import { isByStarter, isReady, whyNotPrepared } from './prepare/plan-prepare'

/** A host of the inventory whose facts were read. */
export interface HostAsked {
  hostId: string
  name: string
  /** Where Pollux reaches it: an address or a name. */
  address: string
}

/** An address of the host's own that other members can reach it at. */
export interface OuterChoice {
  address: string
  device: string
  /** Of the device, in bytes. */
  mtu: number
}

/** What the wizard shows of one host before anything is touched. */
export interface MemberView {
  hostId: string
  name: string
  /** `preparable`: strongSwan or its key is missing, and can be brought. `unable`: `whyNot` says what would be right. */
  state: 'ready' | 'preparable' | 'unable'
  whyNot: string | null
  /** What may surprise, a sentence each. */
  hints: readonly string[]
  daemon: string
  /** Whether its daemon has a place in the compatible profile alone. */
  isOlder: boolean
  kernel: string
  /** The first is the likeliest: the one that Pollux reaches it at, then those of the device with the default route. */
  outers: readonly OuterChoice[]
  firewall: { tool: string; because: string }
  hasKey: boolean
  /** Tags of the meshes of which Pollux's files stand there. */
  meshes: readonly string[]
  /** Whether Pollux's preparation stands there, and no mesh. */
  canBeCleaned: boolean
  /** Seconds that its clock is ahead of Pollux's; null where it was not told. */
  clockOffS: number | null
  /** What others made of IPsec and IP-IP on it. */
  others: readonly ForeignView[]
  /** Its own addresses at which SSH is connected now, Pollux among them. */
  sshAt: readonly string[]
}

const DAY_S = 86_400

/** What a host is for a mesh, by its facts. `readAtS`: Pollux's clock when they were read, seconds since 1970. Pure. */
export function memberView(host: HostAsked, facts: IpsecFacts, readAtS: number): MemberView {
  const outers = outerChoices(facts, host.address)
  const meshes = [...new Set(keptPairs(facts.files).map(({ tag }) => tag))].toSorted()
  const whyNot = whyNotMember(host.name, facts, outers)
  const clockOffS = facts.clockS === null ? null : facts.clockS - Math.round(readAtS)
  return {
    hostId: host.hostId,
    name: host.name,
    state: whyNot !== null ? 'unable' : isReady(facts) ? 'ready' : 'preparable',
    whyNot,
    hints: hintsOf(host, facts, clockOffS),
    daemon: daemonWords(facts),
    isOlder: isByStarter(facts),
    kernel: kernelWords(facts),
    outers,
    firewall: { tool: firewallTitles[facts.firewall.tool], because: facts.firewall.because },
    hasKey: facts.publicKey !== null,
    meshes,
    canBeCleaned: facts.publicKey !== null && leftOfMesh(facts) === undefined,
    clockOffS,
    others: foreignViews(facts),
    sshAt: facts.logins ?? [],
  }
}

/** The host's global addresses of IPv4, without those inside a tunnel of IP-IP. */
function outerChoices({ devices, tunnels, routes }: IpsecFacts, reachedAt: string): OuterChoice[] {
  const inside = new Set(tunnels.map(({ name }) => name))
  const all = devices
    .filter(({ name }) => !inside.has(name))
    .flatMap(({ name, mtu, addresses }) =>
      addresses
        .filter(({ family, scope, host }) => family === 4 && scope === 'global' && !host.startsWith('127.'))
        .map(({ host }) => ({ address: host, device: name, mtu })),
    )
  const outward = new Set(routes.filter(({ net }) => net === '0.0.0.0/0').map(({ device }) => device))
  const rank = ({ address, device }: OuterChoice) => (address === reachedAt ? 0 : outward.has(device) ? 1 : 2)
  return all.toSorted((a, b) => rank(a) - rank(b))
}

function whyNotMember(name: string, facts: IpsecFacts, outers: readonly OuterChoice[]): string | null {
  if (outers.length === 0)
    return `${name} has no IPv4 address, and an IP-IP tunnel needs one at both ends. Use WireGuard, which runs over IPv6.`
  const notReady = isReady(facts) ? whyNoKernel(name, facts) : whyNotPrepared(name, facts)
  if (notReady !== null) return notReady
  const mechanism = findMechanism(name, facts)
  return typeof mechanism === 'string' ? mechanism : null
}

function hintsOf({ name, address }: HostAsked, facts: IpsecFacts, clockOffS: number | null): string[] {
  const asked = parseAddress(address)
  const isOwn = facts.devices.some(({ addresses }) => addresses.some(({ host }) => host === asked?.host))
  const { hasEsp, hasIpip } = facts.kernel
  return [
    ...(asked && !isOwn
      ? [
          `Pollux reaches ${name} at ${asked.host}, which stands on none of its devices: it is translated on the way (NAT). IP-IP in ESP of transport mode does not pass there. The other members have to reach one of its own addresses; else use WireGuard, or IPsec in tunnel mode.`,
        ]
      : []),
    ...(hasEsp === null || hasIpip === null
      ? [
          `Whether the kernel of ${name} has ESP and IP-IP tunnels was not told. The preparation loads both, or says which is missing.`,
        ]
      : []),
    ...(clockOffS !== null && Math.abs(clockOffS) >= DAY_S
      ? [
          `The clock of ${name} is ${daysOf(clockOffS)}. The keys have no dates, so that the mesh works all the same; its log will not fit the others’.`,
        ]
      : []),
  ]
}

function daysOf(seconds: number): string {
  const days = Math.round(Math.abs(seconds) / DAY_S)
  return `${days} ${days === 1 ? 'day' : 'days'} ${seconds > 0 ? 'ahead of' : 'behind'} Pollux’s`
}

const daemonTitles: Readonly<Record<DaemonKind, string>> = {
  swanctl: 'strongSwan by swanctl',
  starter: 'strongSwan by ipsec.conf',
  libreswan: 'libreswan',
  racoon: 'racoon',
}

function daemonWords({ daemon, canInstall }: IpsecFacts): string {
  if (daemon) return daemonState(daemon)
  if (canInstall === null) return 'none; whether its packages have it was not told'
  return canInstall ? 'none; installable from its packages' : 'none; its packages do not have it'
}

function daemonState({ kind, version, isActive, isEnabled }: DaemonFacts): string {
  const words = [daemonTitles[kind], version ?? ''].filter((word) => word !== '').join(' ')
  return `${words}, ${isActive ? 'runs' : 'stands still'}${isEnabled ? '' : ', not at boot'}`
}

function kernelWords({ kernel: { release, hasEsp, hasIpip } }: IpsecFacts): string {
  const word = (has: boolean | null, what: string) => (has === null ? `${what} not told` : has ? what : `no ${what}`)
  return `${release}: ${word(hasEsp, 'ESP')}, ${word(hasIpip, 'IP-IP')}`
}

const firewallTitles: Readonly<Record<IpsecFacts['firewall']['tool'], string>> = {
  none: 'no rules',
  iptables: 'iptables',
  nftables: 'nftables',
  ufw: 'ufw',
  firewalld: 'firewalld',
  shorewall: 'Shorewall',
  unclear: 'not clear',
}
