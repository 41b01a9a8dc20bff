import { describe, expect, it } from 'vitest'
import { type FailoverDesired, failoverAgent } from '@/agents/failover-ip'
import * as failoverFixtures from '@/agents/failover-ip/load-fixtures'
import { type PostfixDesired, type PostfixFacts, postfixAgent } from '@/agents/postfix'
import * as postfixFixtures from '@/agents/postfix/load-fixtures'
import { planDigest } from '@/lib/changes/digest'
import { type Agent, type AnyAgent, type ComposedPart, composePlans, type Guard, type Plan, planPart } from '.'

const found = failoverFixtures.loadFixtures().find(({ file }) => file === 'ifupdown.json')
if (!found) throw new Error('no fixture ifupdown')
const networkFacts = failoverFixtures.factsOf(found)
const shipped = postfixFixtures.factsOf(postfixFixtures.loadFixture('debian-12'))
const address = '203.0.113.40'
const mailFacts: PostfixFacts = { ...shipped, addresses: shipped.addresses.filter(({ host }) => host !== address) }

const alias: FailoverDesired = {
  operation: 'add',
  address: `${address}/32`,
  to: { hostId: 'host-1', device: 'eth0' },
  keep: 'boot',
  announce: true,
}
const mail: PostfixDesired = {
  operation: 'set',
  hostId: 'host-1',
  instance: '-',
  listeners: [{ port: '25', addresses: [address, '127.0.0.1'] }],
  source4: address,
  source6: null,
  helo: null,
  sixth: 'any',
  scope: 'all',
  enforce: false,
  greet: false,
  boot: 'fail',
  senders: [],
  proof: { probe: null, dnsServer: null, domain: null },
}
const host = <Facts>(facts: Facts) => ({ hostId: 'host-1', name: 'host-1', facts })

/** One agent's part: what it found and what is wished of it stay its own. */
function part<Facts, Desired>(agent: Agent<string, Facts, Desired>, facts: Facts, desired: Desired): ComposedPart {
  return { agent: agent as unknown as AnyAgent, desired, hosts: [host(facts)] }
}
const both = (network = networkFacts, facts = mailFacts) => [
  part(failoverAgent, network, alias),
  part(postfixAgent, facts, mail),
]
const stepIds = (plan: Plan) =>
  plan.phases.flatMap(({ hosts }) => hosts.flatMap(({ steps }) => steps.map(({ id }) => id)))

describe('an address and mail on it', () => {
  const plan = composePlans(both())

  it('is planned on the address that is about to come, which alone would be refused', () => {
    expect(() => postfixAgent.plan([host(mailFacts)], mail)).toThrow(`host-1 does not have ${address}`)
    const [first, ...rest] = plan.phases.map(({ id }) => id.split('.')[0])
    expect([first, rest.at(-1), plan.phases.length]).toEqual(['failover-ip', 'postfix', 2])
    expect(plan.basis).toContainEqual({ hostId: 'host-1', name: `address ${address}`, value: 'on eth0' })
    expect(plan.checks.map(({ id }) => id)).toContain(`postfix.smtp.${address}`)
  })

  it('is one plan: named by both, of the last agent, with what came first', () => {
    expect(plan.title).toBe(`${address}/32 on host-1; Mail of host-1 by ${address}`)
    expect(plan.agent).toEqual({ id: 'postfix', version: postfixAgent.version })
    expect(plan.first).toEqual([{ id: 'failover-ip', version: failoverAgent.version }])
    expect(plan.summary).toContain('Has Postfix on host-1 listen on')
    expect(plan.nothingToDo).toBeNull()
    const ids = [...stepIds(plan), ...plan.checks.map(({ id }) => id), ...plan.phases.map(({ id }) => id)]
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^(failover-ip|postfix)\.[A-Za-z0-9.-]+$/)
  })

  it('is guarded as the part that could cost the way to the host', () => {
    const alone = failoverAgent.plan([host(networkFacts)], alias)
    expect(alone.guard).not.toBeNull()
    expect(plan.guard).toEqual(alone.guard)
  })

  it('has parts that are what each agent planned', () => {
    const network = failoverAgent.plan([host(networkFacts)], alias)
    expect(planPart(plan, 'failover-ip')?.phases).toEqual(network.phases)
    const predicted = postfixAgent.predict(host(mailFacts), network)
    expect(planPart(plan, 'postfix')?.phases).toEqual(postfixAgent.plan([host(predicted)], mail).phases)
  })

  it('is nothing once both were applied', () => {
    const parts = both(failoverAgent.predict(host(networkFacts), plan), postfixAgent.predict(host(mailFacts), plan))
    const after = composePlans(parts)
    expect([stepIds(after), after.checks, after.guard]).toEqual([[], [], null])
    expect(after.nothingToDo).toContain('has 203.0.113.40/32 already')
    expect(after.nothingToDo).toContain('listens and sends like that already')
    expect(after.title).toBe(`Mail of host-1 by ${address}`)
  })

  it('is one of them alone where the other is fulfilled', () => {
    const after = composePlans(both(failoverAgent.predict(host(networkFacts), plan), shipped))
    expect(new Set(stepIds(after).map((id) => id.split('.')[0]))).toEqual(new Set(['postfix']))
    expect([after.guard, after.first]).toEqual([null, plan.first])
  })
})

describe('the digest of a composed plan', () => {
  const digest = (plan: Plan) => planDigest({ plan, desired: mail, hostKeys: {} })
  const plan = composePlans(both())

  it('changes with what comes first', () => {
    const other: Plan = { ...plan, first: [{ id: 'failover-ip', version: failoverAgent.version + 1 }] }
    const { first: _, ...alone } = plan
    expect(new Set([plan, other, alone].map(digest)).size).toBe(3)
  })

  it('is the same for the same facts', () => {
    expect(digest(composePlans(both()))).toBe(digest(plan))
  })
})

describe('agents that know nothing of one another', () => {
  const planOf = (id: string, more: Partial<Plan> = {}): Plan => ({
    agent: { id, version: 1 },
    title: id,
    summary: `${id}.`,
    phases: [{ id: 'p', title: 'P', hosts: [{ hostId: 'host-1', steps: [write(`/etc/${id}`)] }] }],
    checks: [],
    basis: [],
    findings: [],
    guard: null,
    nothingToDo: null,
    ...more,
  })
  const write = (path: string) =>
    ({
      kind: 'file',
      id: 'write',
      title: 'Write',
      timeoutS: 5,
      path,
      before: null,
      after: { bytes: '', mode: '0644', owner: 'root', group: 'root' },
      undo: { copy: true },
    }) as const
  const fake = (plan: Plan): ComposedPart => ({
    agent: {
      ...(failoverAgent as unknown as AnyAgent),
      id: plan.agent.id,
      plan: () => plan,
      predict: ({ facts }) => facts,
    },
    desired: null,
    hosts: [host(null)],
  })

  it('may not write one file', () => {
    const steps = (path: string) => [{ id: 'p', title: 'P', hosts: [{ hostId: 'host-1', steps: [write(path)] }] }]
    const one = planOf('one', { phases: steps('/etc/shared') })
    const two = planOf('two', { phases: steps('/etc/shared') })
    expect(() => composePlans([one, two].map(fake))).toThrow('would write /etc/shared')
    const elsewhere = steps('/etc/shared').map((phase) => ({
      ...phase,
      hosts: phase.hosts.map((own) => ({ ...own, hostId: 'host-2' })),
    }))
    expect(composePlans([one, planOf('two', { phases: elsewhere })].map(fake)).phases).toHaveLength(2)
  })

  it('are guarded for all their reasons, and outlast whom any of them does', () => {
    const guard = (why: string, ...outlasts: string[]): Guard => ({ why, outlasts })
    const { guard: merged } = composePlans(
      [
        planOf('one', { guard: guard('First.', 'a', 'b') }),
        planOf('none'),
        planOf('two', { guard: guard('Second.', 'b', 'c') }),
        // What does nothing costs no way.
        planOf('idle', { phases: [], guard: guard('Third.', 'd'), nothingToDo: 'Idle.' }),
      ].map(fake),
    )
    expect(merged).toEqual({ why: 'First. Second.', outlasts: ['a', 'b', 'c'] })
  })

  it('hide what any of them hides, once, and say what both know', () => {
    const finding = (title: string) => ({ level: 'info', hostId: null, title, detail: '' }) as const
    const plan = composePlans(
      [
        planOf('one', { secrets: ['a', 'b'], findings: [finding('1')] }),
        planOf('two', { secrets: ['b'], findings: [finding('2')], next: { title: 'On' } }),
      ].map(fake),
    )
    expect(plan.secrets).toEqual(['a', 'b'])
    expect(plan.findings.map(({ title }) => title)).toEqual(['1', '2'])
    expect(plan.next).toEqual({ title: 'On' })
  })

  it('are left alone where there is one, and refused where there is none', () => {
    const one = planOf('one')
    expect(composePlans([fake(one)])).toBe(one)
    expect(() => composePlans([])).toThrow('Nothing was asked for.')
  })
})
