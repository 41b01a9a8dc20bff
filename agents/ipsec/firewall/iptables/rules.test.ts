import { describe, expect, it } from 'vitest'
import type { Guarded } from '../guarded'
import { iptablesAfter } from './after'
import { liveSteps, ruleChange, rulesStand } from './live'
import { plainHooks, readOwn } from './read'
import { ownChains, ruleLines, sameRule } from './rules'

const web1 = { label: 'web1', address: '192.0.2.11', device: 'cloud-web1' }
const web2 = { label: 'web2', address: '192.0.2.12', device: 'cloud-web2' }
const one: Guarded = { tag: 'cloud', own: '192.0.2.10', peers: [web1] }
const two: Guarded = { ...one, peers: [web1, web2] }
const none: Guarded = { tag: 'cloud', own: null, peers: [] }
const admins = `-P INPUT DROP
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
`
const ids = (word: string) => word

describe('the rules of a mesh for iptables', () => {
  it('are these', () => {
    expect(ruleLines(one).filter((line) => line.includes('-in'))).toEqual([
      '-A POLLUX-cloud-in -i cloud-+ -j POLLUX-cloud-in-devices',
      '-A POLLUX-cloud-in -d 192.0.2.10/32 -p 50 -j POLLUX-cloud-in-peers',
      '-A POLLUX-cloud-in -d 192.0.2.10/32 -p udp -m multiport --dports 500,4500 -j POLLUX-cloud-in-peers',
      '-A POLLUX-cloud-in -d 192.0.2.10/32 -p 4 -j POLLUX-cloud-in-peers',
      '-A POLLUX-cloud-in-peers -s 192.0.2.11/32 -j POLLUX-cloud-in-peer',
      '-A POLLUX-cloud-in-devices -i cloud-web1 -j ACCEPT',
      '-A POLLUX-cloud-in-peer -p 4 -m policy --dir in --pol none -j DROP',
      '-A POLLUX-cloud-in-peer -p 50 -j ACCEPT',
      '-A POLLUX-cloud-in-peer -p udp -j ACCEPT',
      '-A POLLUX-cloud-in-peer -p 4 -m policy --dir in --pol ipsec -j ACCEPT',
    ])
  })

  it('have chains of names that iptables takes', () => {
    for (const chain of ownChains({ tag: 'abcdef' })) expect(chain.length).toBeLessThanOrEqual(28)
  })

  it.each([
    ['-A C -s 192.0.2.11/32 -p esp -j X', '-A C -s 192.0.2.11 -p 50 -j X'],
    ['-A C -d 192.0.2.10/32 -p ipencap -j X', '-A C -p 4 -d 192.0.2.10/32 -j X'],
    ['[7:9] -A C -p udp -m multiport --dports 500,4500 -j X', '-A C -p 17 -m udp -m multiport --dports 500,4500 -j X'],
  ])('are one rule in either print: %s', (a, b) => expect(sameRule(a)).toBe(sameRule(b)))

  it('are another rule by any difference that counts', () => {
    const lines = [...ruleLines(two), '-A C -p 4 -m policy --dir in ! --pol none -j DROP']
    expect(new Set(lines.map(sameRule)).size).toBe(lines.length)
  })

  it('come in front of the admin’s, and stand then', () => {
    const after = iptablesAfter(admins, one, plainHooks)
    expect([rulesStand(admins, one, plainHooks), rulesStand(after, one, plainHooks)]).toEqual([false, true])
    expect(liveSteps(after, one, plainHooks, ids)).toEqual([])
    expect(after.indexOf('-j POLLUX-cloud-in\n')).toBeLessThan(after.indexOf('-i lo'))
    expect(iptablesAfter(after, none, plainHooks)).toBe(admins)
  })

  it('of another peer come by themselves', () => {
    const own = readOwn(iptablesAfter(admins, one, plainHooks), one)
    const { goes, comes } = ruleChange(own, two)
    expect(goes).toEqual([])
    expect(comes).toHaveLength(4)
    expect(comes.every((line) => /192\.0\.2\.12|cloud-web2/.test(line))).toBe(true)
    expect(ruleChange(readOwn(iptablesAfter(admins, two, plainHooks), two), one)).toEqual({ goes: comes, comes: [] })
  })

  it('do not stand without a jump, with a rule too many, or with one twice', () => {
    const after = iptablesAfter(admins, one, plainHooks)
    const extra = '-A POLLUX-cloud-in-devices -i cloud-web1 -j ACCEPT\n'
    expect(rulesStand(after.replace('-A OUTPUT -j POLLUX-cloud-out\n', ''), one, plainHooks)).toBe(false)
    expect(rulesStand(`${after}${extra}`, one, plainHooks)).toBe(false)
    expect(rulesStand(after, two, plainHooks)).toBe(false)
  })

  it('of another mesh are not touched', () => {
    const other = iptablesAfter(admins, { ...one, tag: 'clouds' }, plainHooks)
    const both = iptablesAfter(other, one, plainHooks)
    expect(iptablesAfter(both, none, plainHooks)).toBe(other)
    expect(liveSteps(other, none, plainHooks, ids)).toEqual([])
  })
})
