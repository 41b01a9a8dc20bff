import { describe, expect, it } from 'vitest'
import type { PlanHost } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { failoverAgent } from '.'
import type { FailoverDesired } from './desired'
import type { FailoverFacts } from './facts'
import { factsOf, loadFixtures } from './load-fixtures'
import { parseDefaultRoutes } from './parse-ip'

const fixtures = loadFixtures()
function hostOf(file: string, name: string): PlanHost<FailoverFacts> {
  const fixture = fixtures.find((one) => one.file === `${file}.json`)
  if (!fixture) throw new Error(`no fixture ${file}`)
  return { hostId: name, name, facts: factsOf(fixture) }
}

const etch = hostOf('etch', 'etch')
const modern = hostOf('ifupdown', 'modern')
const third = hostOf('networkd', 'third')
const move: FailoverDesired = {
  operation: 'move',
  address: '203.0.113.9/32',
  from: { hostId: 'etch', device: 'eth0' },
  to: { hostId: 'modern', device: 'eth0', label: 'eth0:shop' },
  keep: 'boot',
  announce: true,
}

function applied(hosts: readonly PlanHost<FailoverFacts>[], desired: FailoverDesired) {
  const plan = failoverAgent.plan(hosts, desired)
  return hosts.map((host) => ({ ...host, facts: failoverAgent.predict(host, plan) }))
}

function refusal(hosts: readonly PlanHost<FailoverFacts>[], desired: FailoverDesired): string {
  try {
    failoverAgent.plan(hosts, desired)
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? ''
  }
  return 'not refused'
}

describe('a move', () => {
  it('takes it off one host before it is put on the other, and the donor waits longer', () => {
    const plan = failoverAgent.plan([etch, modern], move)
    expect(plan.title).toBe('203.0.113.9/32 from etch to modern')
    expect(plan.phases.map(({ title, hosts }) => [title, hosts.map((host) => host.hostId)])).toEqual([
      ['Take off etch', ['etch']],
      ['Put on modern', ['modern']],
    ])
    expect(plan.guard?.outlasts).toEqual(['etch'])
    const addresses = plan.phases
      .flatMap(({ hosts }) => hosts.flatMap(({ steps }) => steps))
      .filter(({ kind }) => kind === 'address')
    expect(addresses).toMatchObject([
      { present: false, before: true, exclusive: true, label: 'eth0:0', announce: true },
      { present: true, before: false, exclusive: true, label: 'eth0:shop', announce: true },
    ])
    expect(new Set(plan.basis.map((item) => item.hostId))).toEqual(new Set(['etch', 'modern']))
  })

  it('proves on each host that its own address and its way out are as before', () => {
    const plan = failoverAgent.plan([etch, modern], move)
    for (const hostId of ['etch', 'modern']) {
      const must = plan.checks.filter((check) => check.hostId === hostId && check.weight === 'must')
      expect(must.map((check) => check.expect)).toEqual(
        expect.arrayContaining([{ includes: ' 198.51.100.5/24 ' }, { includes: 'default via 198.51.100.1 dev eth0' }]),
      )
    }
  })

  it('proves of a file what can be told: not the line of an address that begins alike', () => {
    const checksFor = (bytes: string) => {
      const file = { state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root', bytes } as const
      const host = { ...etch, facts: { ...etch.facts, files: { '/etc/network/interfaces': file } } }
      const plan = failoverAgent.plan([host], { ...move, operation: 'remove' })
      return plan.checks.filter((check) => 'file' in check.read).map((check) => check.expect)
    }
    const stanza = (host: string) => `iface eth0:0 inet static\n  address ${host}\n  netmask 255.255.255.255\n`
    const main = 'iface eth0 inet static\n  address 198.51.100.5/24\n'
    expect(checksFor(`${main}${stanza('203.0.113.9')}`)).toEqual([{ excludes: 'address 203.0.113.9' }])
    expect(checksFor(`${main}${stanza('203.0.113.9')}${stanza('203.0.113.99')}`)).toEqual([])
  })

  it('expects the first of several next hops', () => {
    const routes = parseDefaultRoutes(
      4,
      'default proto static \n\tnexthop via 198.51.100.1 dev eth0 weight 1 \n\tnexthop via 198.51.100.2 dev eth0 weight 1 \n',
    )
    const host = { ...modern, facts: { ...modern.facts, defaultRoutes: routes } }
    const plan = failoverAgent.plan([etch, host], move)
    const ours = plan.checks.filter((check) => check.hostId === 'modern').map((check) => check.expect)
    expect(ours).toContainEqual({ includes: 'via 198.51.100.1 dev eth0' })
    expect(routes[0]?.text).toContain('via 198.51.100.1 dev eth0')
  })

  it('is empty once it was made, and drifts where the address came back', () => {
    const after = applied([etch, modern], move)
    const plan = failoverAgent.plan(after, move)
    expect(plan.nothingToDo).toBe('modern has 203.0.113.9/32 already and keeps it over a boot, and etch does not.')
    const made = failoverAgent.plan([etch, modern], move)
    expect(after.flatMap((host) => failoverAgent.drift(host, move, made))).toEqual([])
    expect(failoverAgent.drift(etch, move, made).map(({ what, seen }) => [what, seen])).toEqual([
      ['203.0.113.9/32 on eth0', 'there'],
      ['203.0.113.9/32 at boot', 'kept in /etc/network/interfaces'],
    ])
  })

  it('rests on hosts that it leaves alone not having the address', () => {
    const plan = failoverAgent.plan([etch, modern, third], move)
    expect(plan.basis).toContainEqual({ hostId: 'third', name: 'address 203.0.113.9', value: 'not there' })
  })

  it.each<[string, FailoverDesired, string]>([
    ['to the host that has it', { ...move, to: { hostId: 'etch', device: 'eth0' } }, 'Choose two hosts'],
    ['of what nobody has', { ...move, address: '203.0.113.77/32' }, 'nothing to move'],
    ['of another prefix', { ...move, address: '203.0.113.9/31' }, 'has 203.0.113.9/32 on eth0, not 203.0.113.9/31'],
    ['from a host that was not read', { ...move, from: { hostId: 'gone', device: 'eth0' } }, 'no facts'],
    ['of the main address', { ...move, address: '198.51.100.5/24' }, 'main address of etch'],
  ])('is refused %s', (_, desired, words) => expect(refusal([etch, modern], desired)).toContain(words))

  it('is refused while both have it, or a third', () => {
    const add: FailoverDesired = { ...move, operation: 'add' }
    const [both] = applied([modern], add)
    if (!both) throw new Error('expected a host')
    expect(refusal([etch, both], move)).toContain('both have 203.0.113.9 now')
    expect(refusal([etch, modern, { ...both, hostId: 'other', name: 'other' }], move)).toContain(
      'other has 203.0.113.9',
    )
    expect(refusal([etch, modern], add)).toContain('etch has 203.0.113.9 on eth0')
  })

  it('is refused where Pollux itself is logged in there, and only there', () => {
    const at = (...logins: string[]) => [{ ...etch, facts: { ...etch.facts, logins } }, modern]
    expect(refusal(at('203.0.113.9'), move)).toContain('Pollux itself reaches etch at 203.0.113.9')
    const plan = failoverAgent.plan(at('198.51.100.5', '203.0.113.9'), move)
    expect(plan.findings.map(({ title }) => title)).toContain('Somebody is logged in to etch at 203.0.113.9')
  })
})
