import type { Guarded } from '../guarded'
import { nftTable, type Way, ways } from '../names'

/** What is taken in, or let out, of a mesh, for a chain in an admin's table. */
export function acceptRules(guarded: Guarded, way: Way): string[] {
  const devices = setOf(guarded.peers.map(({ device }) => `"${device}"`))
  const [outer, isProtected] = [outerOf(guarded, way), way === 'in' ? 'meta ipsec exists' : 'rt ipsec exists']
  return [
    `${outer} ip protocol esp accept`,
    `${outer} udp dport { 500, 4500 } accept`,
    `${outer} ip protocol 4 ${isProtected} accept`,
    `${way === 'in' ? 'iifname' : 'oifname'} ${devices} accept`,
  ]
}

/**
 * What is dropped, and counted: IP in IP of a mesh that is not protected. A drop counts in whichever chain it stands.
 */
export function dropRule(guarded: Guarded, way: Way): string {
  return `${outerOf(guarded, way)} ip protocol 4 ${way === 'in' ? 'meta' : 'rt'} ipsec missing counter drop`
}

function outerOf({ own, peers }: Guarded, way: Way): string {
  const others = setOf(peers.map(({ address }) => address))
  return way === 'in' ? `ip saddr ${others} ip daddr ${own}` : `ip daddr ${others} ip saddr ${own}`
}

function setOf(elements: readonly string[]): string {
  return `{ ${elements.join(', ')} }`
}

/** The mesh's own table, which comes before what an admin filters at the priority 0. */
export function dropTable(guarded: Guarded): string {
  const chain = (way: Way) => `	chain ${way} {
		type filter hook ${way}put priority -10; policy accept;
		${dropRule(guarded, way)}
	}`
  return `table ip ${nftTable(guarded)} {\n${ways.map(chain).join('\n\n')}\n}`
}

/** Takes the mesh's own table away, whether or not it is there: nft has no other word for that before 1.0.7. */
export function tableGone(mesh: Pick<Guarded, 'tag'>): string {
  return `table ip ${nftTable(mesh)} {\n}\ndelete table ip ${nftTable(mesh)}\n`
}

const protocols: Readonly<Record<string, string>> = { ipencap: '4', ipip: '4', ipv4: '4', '50': 'esp' }

/**
 * A rule in one form, whichever release of nft printed it: its sets in order, a set of one as its element, protocols by
 * their number, without comment and counter.
 */
export function sameRule(rule: string): string {
  return rule
    .replaceAll(/\{([^}]*)\}/g, (_, inner: string) => sameSet(inner))
    .replaceAll(/ counter(?: packets \d+ bytes \d+)?| comment "[^"]*"|"/g, '')
    .replaceAll(/\bip protocol (\S+)/g, (_, name: string) => `ip protocol ${protocols[name] ?? name}`)
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function sameSet(inner: string): string {
  const elements = inner
    .split(',')
    .map((element) => element.trim())
    .toSorted()
  return elements.length === 1 ? (elements[0] ?? '') : `{ ${elements.join(', ')} }`
}
