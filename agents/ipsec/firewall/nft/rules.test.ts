import { describe, expect, it } from 'vitest'
import { parseDrops } from '../../facts/parse-drops'
import type { Guarded } from '../guarded'
import { nftAfter } from './after'
import { closedChains } from './closed'
import { liveSteps, placesOf, rulesStand } from './live'
import { ownLines, readChains } from './read'
import { acceptRules, sameRule } from './rules'

const web1 = { label: 'web1', address: '192.0.2.11', device: 'cloud-web1' }
const web2 = { label: 'web2', address: '192.0.2.12', device: 'cloud-web2' }
const one: Guarded = { tag: 'cloud', own: '192.0.2.10', peers: [web1] }
const two: Guarded = { ...one, peers: [web1, web2] }
const none: Guarded = { tag: 'cloud', own: null, peers: [] }
const ids = (word: string) => word

const chain = (rules: string, { policy = 'accept', hook = 'input', family = 'inet', table = 'filter' } = {}) =>
  `table ${family} ${table} {
	chain rest {
		log prefix "} chain x {"
		reject
	}

	chain ${hook} {
		type filter hook ${hook} priority filter; policy ${policy};
		${rules}
	}
}
`
const closedIn = (text: string) => closedChains(readChains(text), one).map((each) => each.chain)

describe('chains that may end what a mesh sends', () => {
  it.each([
    ['tcp dport 22 accept', { policy: 'drop' }],
    ['counter packets 0 bytes 0 drop', {}],
    ['goto rest', {}],
    ['reject with icmp type host-prohibited', {}],
    ['counter packets 0 bytes 0 reject with icmpx admin-prohibited', {}],
    ['meta l4proto udp jump rest', {}],
    ['ip saddr 192.0.2.0/24 drop', { hook: 'output', family: 'ip' }],
  ])('are seen: %s', (rules, over) => expect(closedIn(chain(rules, over))).toHaveLength(1))

  it.each([
    ['tcp dport 22 reject', {}],
    ['ct state invalid drop', {}],
    ['ct state vmap { invalid : drop, established : accept }', {}],
    ['drop', { hook: 'forward' }],
    ['drop', { family: 'ip6' }],
    ['drop', { table: 'firewalld' }],
    ['drop', { table: 'pollux_other' }],
  ])('are not: %s', (rules, over) => expect(closedIn(chain(rules, over))).toEqual([]))
})

describe('the rules of a mesh for nftables', () => {
  const admins = chain('tcp dport 22 accept', { policy: 'drop' })

  it('are these in a closed chain, and nothing but drops elsewhere', () => {
    expect(acceptRules(two, 'out')).toEqual([
      'ip daddr { 192.0.2.11, 192.0.2.12 } ip saddr 192.0.2.10 ip protocol esp accept',
      'ip daddr { 192.0.2.11, 192.0.2.12 } ip saddr 192.0.2.10 udp dport { 500, 4500 } accept',
      'ip daddr { 192.0.2.11, 192.0.2.12 } ip saddr 192.0.2.10 ip protocol 4 rt ipsec exists accept',
      'oifname { "cloud-web1", "cloud-web2" } accept',
    ])
    expect(placesOf(chain('accept'), one)).toEqual([])
    expect(nftAfter(chain('accept'), one)).toBe(`${chain('accept')}table ip pollux_cloud {
	chain in {
		type filter hook input priority -10; policy accept;
		ip saddr { 192.0.2.11 } ip daddr 192.0.2.10 ip protocol 4 meta ipsec missing counter drop
	}

	chain out {
		type filter hook output priority -10; policy accept;
		ip daddr { 192.0.2.11 } ip saddr 192.0.2.10 ip protocol 4 rt ipsec missing counter drop
	}
}
`)
  })

  it.each([
    ['ip saddr { 192.0.2.11 } ip protocol 4 accept', 'ip saddr 192.0.2.11 ip protocol ipencap accept'],
    ['iifname { "b", "a" } accept', 'iifname { "a", "b" } accept comment "x"'],
    ['ip protocol esp accept', 'ip protocol 50 counter packets 1 bytes 2 accept'],
    ['meta ipsec missing counter drop', 'meta ipsec missing counter packets 12 bytes 3456 drop'],
    ['meta ipsec missing counter drop', 'meta ipsec missing drop'],
  ])('are one rule in either print: %s', (a, b) => expect(sameRule(a)).toBe(sameRule(b)))

  it('stand once they were set, for these peers alone, and go without a trace', () => {
    const after = nftAfter(admins, one)
    expect([rulesStand(admins, one), rulesStand(after, one), rulesStand(after, two)]).toEqual([false, true, false])
    expect(liveSteps(after, one, ids)).toEqual([])
    expect(nftAfter(nftAfter(after, two), none)).toBe(admins)
  })

  it('stand, and are as before, whatever they have counted', () => {
    const after = nftAfter(admins, one)
    const counted = after.replaceAll('counter drop', 'counter packets 12 bytes 3456 drop')
    expect(counted).not.toBe(after)
    expect(rulesStand(counted, one)).toBe(true)
    expect(liveSteps(counted, one, ids)).toEqual([])
    expect(ownLines(counted, one)).toEqual(ownLines(after, one))
    expect(nftAfter(counted, none)).toBe(admins)
    expect(parseDrops({ tag: 'cloud' }, '', counted)).toEqual({ in: 12, out: 12 })
  })

  it('do not stand without a jump, a drop or an accept', () => {
    const after = nftAfter(admins, one)
    for (const gone of ['\t\tjump pollux_cloud_in\n', /.*missing counter drop\n/, /.*ipsec exists accept\n/])
      expect(rulesStand(after.replace(gone, ''), one), String(gone)).toBe(false)
  })

  it('of another mesh are not touched', () => {
    const other = nftAfter(admins, { ...one, tag: 'clouds' })
    expect(nftAfter(nftAfter(other, one), none)).toBe(other)
    expect(liveSteps(other, none, ids)).toEqual([])
  })
})
