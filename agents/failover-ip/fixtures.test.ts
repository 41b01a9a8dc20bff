import { describe, expect, it } from 'vitest'
import { isEmptyPlan, type Plan, type Step } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { failoverAgent } from '.'
import { looksLikeFailover, mainAddress } from './addresses'
import { cidrOf, type FailoverFacts, failoverFacts, findDevice } from './facts'
import { factsOf, loadFixtures } from './load-fixtures'
import { hostView } from './view'

describe.each(loadFixtures().map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
  const facts = factsOf(fixture)
  const host = { hostId: 'host-1', name: 'host-1', facts }
  const eth0 = findDevice(facts, 'eth0')

  it('is plain JSON that fits the schema, without any key', () => {
    expect(failoverFacts.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
    expect(JSON.stringify(facts)).not.toContain('secret')
  })

  it('tells who holds the device, which address is its own and which are besides', () => {
    expect(eth0?.stack ?? null).toBe(fixture.stack)
    expect(facts.devices.every((device) => /^[\w.]+$/.test(device.name))).toBe(true)
    const main = mainAddress(facts, 4)
    expect(main ? cidrOf(main.address) : null).toBe(fixture.main4)
    const besides = eth0?.addresses.filter((live) => looksLikeFailover(facts, eth0, live)).map(cidrOf)
    expect(besides ?? []).toEqual(fixture.failover)
    expect(hostView(facts).devices.map((row) => row.name)).toEqual(eth0 ? ['eth0'] : [])
  })

  describe.each(fixture.plans.map((wish, at) => [`plan ${at + 1}`, wish] as const))('%s', (_, wish) => {
    const { desired } = wish
    if (wish.refused !== undefined) {
      it('is refused with a sentence', () => {
        const error = thrownBy(() => failoverAgent.plan([host], desired))
        expect(isAppError(error) && error.code).toBe('invalid')
        expect(isAppError(error) && error.userMessage).toContain(wish.refused)
      })
      return
    }

    it('has these steps, each with its undo, and is guarded', () => {
      const plan = failoverAgent.plan([host], desired)
      expect(stepsOf(plan).map(outline)).toEqual(wish.steps)
      const text = JSON.stringify(plan.phases)
      for (const words of wish.holds)
        expect(text).toContain(words.startsWith('"') ? words : JSON.stringify(words).slice(1, -1))
      expect(plan.findings.map((finding) => finding.title)).toEqual(wish.findings)
      expect(plan.guard).not.toBeNull()
      const ids = [...stepsOf(plan), ...plan.checks].map(({ id }) => id)
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9.-]+$/)
      expect(new Set(ids).size).toBe(ids.length)
      expect(plan.nothingToDo === null).toBe(!isEmptyPlan(plan))
      if (wish.nothing !== undefined) expect(plan.nothingToDo).toContain(wish.nothing)
    })

    it('is empty once it was applied, and nothing drifts', () => {
      const plan = failoverAgent.plan([host], desired)
      const after = { ...host, facts: failoverAgent.predict(host, plan) }
      expect(stepsOf(failoverAgent.plan([after], desired))).toEqual([])
      expect(failoverAgent.drift(after, desired, plan)).toEqual([])
      expect(failoverFacts.parse(after.facts)).toEqual(after.facts)
      if (!isEmptyPlan(plan)) expect(failoverAgent.drift(host, desired, plan)).not.toEqual([])
    })

    it('rests on its basis alone', () => {
      const other = { ...host, facts: changedOutsideBasis(facts) }
      const [{ findings: _one, ...one }, { findings: _two, ...two }] = [host, other].map((each) =>
        failoverAgent.plan([each], desired),
      ) as [Plan, Plan]
      expect(two).toEqual(one)
    })
  })
})

function stepsOf(plan: Plan): Step[] {
  return plan.phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps))
}

function outline(step: Step): string {
  if (step.kind === 'address') {
    const label = step.present && step.label ? ` as ${step.label}` : ''
    return step.present ? `put ${step.address} on ${step.device}${label}` : `take ${step.address} off ${step.device}`
  }
  if (step.kind !== 'file') return step.kind
  const verb = step.before === null ? 'make' : step.after === null ? 'remove' : 'edit'
  return `${verb} ${step.path}${step.makesFolder ? ' in a folder of its own' : ''}`
}

/** Facts that no basis item names, turned into something else. */
function changedOutsideBasis(facts: FailoverFacts): FailoverFacts {
  return {
    ...facts,
    hasArping: !facts.hasArping,
    hasPing: !facts.hasPing,
    files: { ...facts.files, '/etc/netplan/99-other.yaml': { state: 'unread', why: 'other' } },
    devices: facts.devices.map((device) => ({
      ...device,
      index: device.index + 40,
      stackBecause: device.stackBecause,
      addresses: [
        ...device.addresses.map((live) => ({ ...live, flags: [...live.flags, 'deprecated'] })),
        { family: 6, host: 'fe80::77', prefix: 64, peer: null, scope: 'link', label: null, flags: [] } as const,
        {
          family: 6,
          host: '2001:db8:f::1',
          prefix: 64,
          peer: null,
          scope: 'global',
          label: null,
          flags: ['dynamic', 'temporary'],
        } as const,
      ].map((live) => ({ ...live, flags: [...live.flags] })),
    })),
  }
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return null
}
