import { describe, expect, it } from 'vitest'
import type { Plan, PlanHost, RunStep } from '@/lib/agent'
import { ipsecAgent } from '..'
import { ipsecDesired } from '../desired'
import type { IkeSaFacts, IpsecFacts } from '../facts/facts'
import { exchangeProgram } from '../ike/programs'
import { preparedWith, refusalOf } from '../testing/prepared'
import { hostWith } from '../tunnel/testing'

type Host = PlanHost<IpsecFacts>

/** Hosts of a mesh that stands: the nth has 192.0.2.n outside and 10.20.0.n inside. */
function meshOf(labels: readonly string[], over: Partial<IpsecFacts> = {}): Host[] {
  const hosts = labels.map((label, at) =>
    hostWith(label, {
      address: `192.0.2.${at + 1}`,
      ...preparedWith(label),
    }),
  )
  const wish = ipsecDesired.parse({
    kind: 'mesh',
    tag: 'cloud',
    name: 'Cloud',
    prefix: '10.20.0.0/24',
    profile: 'modern',
    members: labels.map((label, at) => ({
      hostId: label,
      label,
      outer: `192.0.2.${at + 1}`,
      inner: `10.20.0.${at + 1}`,
    })),
    leaving: [],
    innerNames: false,
  })
  const made = ipsecAgent.plan(hosts, wish)
  return hosts.map((host) => ({ ...host, facts: { ...ipsecAgent.predict(host, made), ...over } }))
}

const rekey = (hosts: readonly Host[], hostIds: string[], tag = 'cloud') =>
  ipsecAgent.plan(hosts, { kind: 'rekey', tag, hostIds })

/** What runs on each host, by its name. */
function wordsOf(plan: Plan): Record<string, readonly string[]> {
  const hosts = plan.phases.flatMap((phase) => phase.hosts)
  return Object.fromEntries(
    hosts.map(({ hostId, steps }) => [hostId, steps.flatMap((step) => (step as RunStep).run.slice(4))]),
  )
}

describe('new keys', () => {
  const three = meshOf(['apple', 'birch', 'cedar'])

  it('are forced by the side that begins, with the largest packet of the tunnel', () => {
    const plan = rekey(three, ['cedar', 'apple'])
    expect(wordsOf(plan)).toEqual({ apple: ['cloud-cedar', '10.20.0.3', '1418'] })
    expect(plan.title).toBe('New keys for apple and cedar in mesh cloud')
    const [step] = plan.phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps)) as RunStep[]
    expect(step?.run.slice(0, 4)).toEqual(exchangeProgram('swanctl', 'rekey'))
    expect(step?.undo).toMatchObject({ irreversible: expect.stringContaining('old key') })
  })

  it('of all pairs are each forced once', () => {
    expect(wordsOf(rekey(three, []))).toEqual({
      apple: ['cloud-birch', '10.20.0.2', '1418', 'cloud-cedar', '10.20.0.3', '1418'],
      birch: ['cloud-cedar', '10.20.0.3', '1418'],
    })
  })

  it('happen once, lock nobody out, hide no mesh and leave the facts as they were', () => {
    const plan = rekey(three, [])
    expect(plan).toMatchObject({ once: true, guard: null, nothingToDo: null })
    for (const host of three) {
      expect(ipsecAgent.predict(host, plan)).toBe(host.facts)
      expect(ipsecAgent.drift(host, { kind: 'rekey', tag: 'cloud', hostIds: [] }, plan)).toEqual([])
    }
    const scopes = [
      { kind: 'rekey', tag: 'cloud', hostIds: [] },
      { kind: 'mesh', tag: 'cloud' },
      { kind: 'prepare' },
    ].map((wish) => ipsecAgent.scopeOf?.(wish as never))
    expect(new Set(scopes).size).toBe(3)
  })

  it('rest on the ends and the tunnel alone, never on a counter', () => {
    const sa = { name: 'cloud-birch', children: [{ state: 'INSTALLED', bytesIn: 7 }] } as unknown as IkeSaFacts
    const busy = meshOf(['apple', 'birch'], { sas: [sa] })
    expect(rekey(busy, []).basis).toEqual(rekey(meshOf(['apple', 'birch']), []).basis)
  })

  it('tell of a pair that has none now', () => {
    const quiet = meshOf(['apple', 'birch'], { sas: [] })
    expect(rekey(quiet, []).findings).toMatchObject([{ level: 'warn', hostId: 'apple' }])
    const sa = { name: 'cloud-birch', children: [{ state: 'INSTALLED' }] } as unknown as IkeSaFacts
    expect(rekey(meshOf(['apple', 'birch'], { sas: [sa] }), []).findings).toEqual([])
    expect(rekey(meshOf(['apple', 'birch'], { sas: null }), []).findings).toEqual([])
  })

  it.each<[string, () => unknown, string]>([
    ['one host alone', () => rekey(three, ['apple']), 'choose both hosts'],
    ['another mesh', () => rekey(three, [], 'other'), 'No two of these hosts'],
    [
      'two hosts without a pair',
      () => rekey([...three, hostWith('elm', { address: '192.0.2.9' })], ['apple', 'elm']),
      'have no pair',
    ],
    ['a tunnel that is gone', () => rekey(meshOf(['apple', 'birch'], { tunnels: [] }), []), 'is not up'],
  ])('are refused for %s', (_, work, sentence) => {
    expect(refusalOf(work)).toContain(sentence)
  })

  it('are asked for by a short name and two hosts at most', () => {
    expect(ipsecDesired.safeParse({ kind: 'rekey', tag: 'cloud', hostIds: ['a', 'b'] }).success).toBe(true)
    expect(ipsecDesired.safeParse({ kind: 'rekey', tag: '../x', hostIds: [] }).success).toBe(false)
    expect(ipsecDesired.safeParse({ kind: 'rekey', tag: 'cloud', hostIds: ['a', 'b', 'c'] }).success).toBe(false)
  })
})
