import type { Found, Probe, RawReading, Reading } from '@/lib/agent'
import { byPathOf, textOf } from '@/lib/agent/raw-reading'
import type { ExchangeKind } from '../ike/programs'
import type { Mesh } from '../mesh/names'
import type { IkeSaFacts, PolicyFacts } from './facts'
import type { PairSeen, PairsSeen } from './pairs-seen'
import { parseDrops } from './parse-drops'
import { type LinkState, parseLinks, parseXfrmStat } from './parse-ip'
import { parsePing } from './parse-ping'
import { parsePolicies } from './parse-policies'
import { parseSas, parseTraps } from './parse-sas'
import { parseStatusall } from './parse-statusall'

/** What the probe must know of one side of a pair. */
export interface AskedPair {
  /** The connection, its child and the tunnel's device: `Side.name`. */
  name: string
  ownOuter: string
  peerOuter: string
  peerInner: string
  /** Of the tunnel, in bytes. */
  mtu: number
}

/** IPv4's header and ICMP's, which `ping -s` does not count. */
const PING_HEADERS = 28
const MANY = 1_048_576

/**
 * Asks one member in one round trip how its pairs are. Each peer is sent a small packet and the largest that its tunnel
 * takes; counters are read before and after. A peer that is dead costs one second for each of the two. Ask of some at a time
 * where there are many: the host sends them one after another. `kind`: the daemon that keeps the pairs there.
 */
export function pairProbe(
  mesh: Mesh,
  pairs: readonly AskedPair[],
  kind: ExchangeKind = 'swanctl',
): Probe<'ipsec-pairs', PairsSeen> {
  const pings = pairs.flatMap((pair): [string, Reading][] => [
    [smallName(pair), ping(pair.peerInner)],
    [largestName(pair), ping(pair.peerInner, pair.mtu - PING_HEADERS)],
  ])
  const readings: Record<string, Reading> = {
    before: { kind: 'command', argv: daemonWords[kind].sas, maxBytes: MANY },
    ...Object.fromEntries(pings),
    after: { kind: 'command', argv: daemonWords[kind].sas, maxBytes: MANY },
    traps: { kind: 'command', argv: daemonWords[kind].traps, maxBytes: MANY },
    policies: { kind: 'command', argv: ['ip', 'xfrm', 'policy'], maxBytes: MANY },
    links: { kind: 'command', argv: ['ip', '-o', 'link', 'show'], maxBytes: MANY },
    stat: { kind: 'files', globs: ['/proc/net/xfrm_stat'] },
    iptables: { kind: 'command', argv: ['iptables-save', '-c'], maxBytes: MANY },
    nft: { kind: 'command', argv: ['nft', 'list', 'ruleset'], maxBytes: MANY },
  }
  return {
    id: 'ipsec-pairs',
    timeoutS: 60 + 3 * pairs.length,
    readings,
    parse: (raw) => parsePairs(mesh, pairs, kind, raw),
  }
}

/** How each daemon is asked for its SAs and its traps, and how the answers are understood. */
const daemonWords = {
  swanctl: {
    sas: ['swanctl', '--list-sas', '--pretty'],
    traps: ['swanctl', '--list-pols', '--trap', '--pretty'],
    sasOf: parseSas,
    trapsOf: parseTraps,
  },
  starter: {
    sas: ['ipsec', 'statusall'],
    traps: ['ipsec', 'statusall'],
    sasOf: (text: string) => parseStatusall(text)?.sas ?? null,
    trapsOf: (text: string) => parseStatusall(text)?.traps ?? null,
  },
} as const satisfies Record<ExchangeKind, unknown>

function smallName({ name }: AskedPair): string {
  return `small ${name}`
}

function largestName({ name }: AskedPair): string {
  return `largest ${name}`
}

function ping(address: string, bytes?: number): Extract<Reading, { kind: 'command' }> {
  const size = bytes === undefined ? [] : ['-M', 'do', '-s', `${bytes}`]
  return { kind: 'command', argv: ['ping', '-n', '-c', '1', '-W', '1', ...size, address], timeoutS: 4 }
}

type PairReadings = Readonly<Record<string, RawReading>>

const missing: RawReading = { state: 'not-read', why: 'absent', detail: 'it was not asked' }

function parsePairs(mesh: Mesh, pairs: readonly AskedPair[], kind: ExchangeKind, raw: PairReadings): Found<PairsSeen> {
  const text = (name: string) => succeeded(raw[name] ?? missing)
  const { sasOf, trapsOf } = daemonWords[kind]
  const [before, after] = [text('before'), text('after')].map((said) => (said === null ? null : sasOf(said)))
  const [traps, policies, links] = [text('traps'), text('policies'), text('links')]
  const seen = {
    before: bySa(before ?? null),
    after: bySa(after ?? null),
    traps: traps === null ? null : trapsOf(traps),
    policies: policies === null ? null : parsePolicies(policies),
    links: links === null ? null : parseLinks(links),
  }
  const trapped = seen.traps && new Set(seen.traps)
  const ofPolicies = indexPolicies(seen.policies)
  const all = pairs.map((pair): PairSeen => {
    const child = childOf(seen.after, pair.name)
    return {
      name: pair.name,
      ike: seen.after && (ikeOf(seen.after.get(pair.name) ?? []) ?? 'none'),
      child,
      hasTrap: trapped === null ? null : trapped.has(pair.name),
      policyIn: ofPolicies(pair.peerOuter, pair.ownOuter, 'in'),
      policyOut: ofPolicies(pair.ownOuter, pair.peerOuter, 'out'),
      ping: parsePing(raw[smallName(pair)] ?? missing),
      largestPasses: parsePing(raw[largestName(pair)] ?? missing).answers,
      ...growth(childOf(seen.before, pair.name), child),
      tunnel: tunnelOf(seen.links, pair.name),
    }
  })
  const stat = byPathOf(raw.stat ?? missing).get('/proc/net/xfrm_stat') ?? ''
  return {
    state: 'read',
    value: {
      pairs: all,
      drops: parseDrops(mesh, text('iptables') ?? '', text('nft') ?? ''),
      xfrmStat: parseXfrmStat(stat),
    },
  }
}

/** The output of a command that came whole and said that it succeeded; null otherwise. */
function succeeded(reading: RawReading): string | null {
  if (reading.state !== 'read' || reading.kind !== 'text' || reading.truncated || reading.exitCode !== 0) return null
  return textOf(reading)
}

type Sas = ReadonlyMap<string, IkeSaFacts[]> | null

function bySa(sas: readonly IkeSaFacts[] | null): Sas {
  if (sas === null) return null
  const groups = new Map<string, IkeSaFacts[]>()
  for (const sa of sas) groups.set(sa.name, [...(groups.get(sa.name) ?? []), sa])
  return groups
}

function ikeOf(sas: readonly IkeSaFacts[]): IkeSaFacts | undefined {
  return sas.find(({ state }) => state === 'ESTABLISHED') ?? sas.at(-1)
}

// A child that was rekeyed stays a while beside its successor: the younger one counts.
function childOf(sas: Sas, name: string): PairSeen['child'] {
  if (sas === null) return null
  const children = (sas.get(name) ?? []).flatMap((sa) => sa.children).filter((child) => child.name === name)
  const installed = children.filter(({ state }) => state === 'INSTALLED').toSorted((a, b) => a.ageS - b.ageS)
  return installed[0] ?? children.at(-1) ?? 'none'
}

/** Counters of one and the same child; one that was made meanwhile began with none. */
function growth(before: PairSeen['child'], after: PairSeen['child']): Pick<PairSeen, 'grewIn' | 'grewOut'> {
  if (before === null || after === null || after === 'none') return { grewIn: null, grewOut: null }
  const isSame = before !== 'none' && before.spiIn === after.spiIn && before.spiOut === after.spiOut
  return {
    grewIn: after.bytesIn - (isSame ? before.bytesIn : 0),
    grewOut: after.bytesOut - (isSame ? before.bytesOut : 0),
  }
}

const IPIP = 4

/** The mode of the policy of IP-IP from one address to another. */
function indexPolicies(
  policies: readonly PolicyFacts[] | null,
): (src: string, dst: string, direction: 'in' | 'out') => string | 'none' | null {
  if (policies === null) return () => null
  const key = (src: string, dst: string, direction: string) => `${direction} ${src} ${dst}`
  const own = policies.filter(({ protocol, action }) => protocol === IPIP && action === 'allow')
  const modes = new Map(own.map(({ src, dst, direction, mode }) => [key(src, dst, direction), mode]))
  return (src, dst, direction) => modes.get(key(`${src}/32`, `${dst}/32`, direction)) || 'none'
}

function tunnelOf(links: ReadonlyMap<string, LinkState> | null, name: string): PairSeen['tunnel'] {
  return links && (links.get(name) ?? 'none')
}
