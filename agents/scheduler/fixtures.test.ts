import { describe, expect, it } from 'vitest'
import { isEmptyPlan, type Plan, type Step } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { schedulerAgent } from '.'
import type { SchedulerDesired } from './desired'
import { type SchedulerFacts, schedulerFacts } from './facts'
import { type Fixture, factsOf, loadFixtures } from './load-fixtures'
import { recommend } from './recommend'
import { deviceRows, hostView, suggestedChoices } from './view'

const HOST = 'host-1'

describe.each(loadFixtures().map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
  const facts = factsOf(fixture)

  it('is plain JSON that fits the schema', () => {
    expect(schedulerFacts.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
    expect(new Set(facts.devices.map((device) => device.key)).size).toBe(facts.devices.length)
  })

  it('knows what each device is', () => {
    expect(Object.fromEntries(facts.devices.map((device) => [device.name, device.kind]))).toEqual(fixture.kinds)
  })

  it('recommends with a reason', () => {
    const all = facts.devices.map((device) => [device.name, recommend(device).scheduler])
    expect(Object.fromEntries(all)).toEqual(fixture.recommends)
    for (const device of facts.devices) expect(recommend(device).reason).toMatch(/^[A-Z].*\.$/)
  })

  it('shows rows', () => {
    const rows = deviceRows(facts)
    for (const [name, on] of Object.entries(fixture.on)) expect(rows.find((row) => row.name === name)?.on).toEqual(on)
    for (const [name, words] of Object.entries(fixture.whyNot)) {
      expect(rows.find((row) => row.name === name)?.whyNot).toContain(words)
    }
    for (const row of rows) expect(row.options.length > 0).toBe(row.whyNot === null)
    expect(hostView(facts)).toBeDefined()
    for (const key of Object.keys(suggestedChoices(facts))) expect(rows.some((row) => row.key === key)).toBe(true)
  })

  describe.each(fixture.plans.map((wish, index) => [`plan ${index + 1}`, wish] as const))('%s', (_, wish) => {
    const desired = desiredOf(facts, wish)
    const host = { hostId: HOST, name: 'umber', facts }

    if (wish.refused !== undefined) {
      it('is refused with a sentence', () => {
        const error = thrownBy(() => schedulerAgent.plan([host], desired))
        expect(isAppError(error) && error.code).toBe('invalid')
        expect(isAppError(error) && error.userMessage).toContain(wish.refused)
      })
      return
    }

    it('has these steps, each with its undo', () => {
      const plan = schedulerAgent.plan([host], desired)
      expect(stepsOf(plan).map(outline)).toEqual(wish.steps)
      const text = JSON.stringify(plan.phases)
      for (const words of wish.holds) expect(text).toContain(JSON.stringify(words).slice(1, -1))
      expect(plan.findings.map((finding) => finding.title)).toEqual(wish.findings)
      for (const step of stepsOf(plan)) expect(step.id).toMatch(/^[A-Za-z0-9.-]+$/)
      const ids = [...stepsOf(plan), ...plan.checks].map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(plan.nothingToDo === null).toBe(!isEmptyPlan(plan))
      for (const check of plan.checks) if ('command' in check.read) expect(check.weight).toBe('advise')
    })

    it('is empty once it was applied, and nothing drifts', () => {
      const plan = schedulerAgent.plan([host], desired)
      const after = { ...host, facts: schedulerAgent.predict(host, plan) }
      const again = schedulerAgent.plan([after], desired)
      expect(stepsOf(again)).toEqual([])
      expect(again.nothingToDo).toMatch(/\.$/)
      expect(schedulerAgent.drift(after, desired, plan)).toEqual([])
      expect(schedulerFacts.parse(after.facts)).toEqual(after.facts)
    })

    it('rests on its basis alone', () => {
      const other = { ...host, facts: changedOutsideBasis(facts) }
      expect(schedulerAgent.plan([other], desired)).toEqual(schedulerAgent.plan([host], desired))
    })
  })
})

function desiredOf(facts: SchedulerFacts, wish: Fixture['plans'][number]): SchedulerDesired {
  const choices = Object.entries(wish.choose).map(([name, choice]) => {
    const key = name.includes(':') ? name : facts.devices.find((device) => device.name === name)?.key
    if (key === undefined) throw new Error(`the fixture has no device ${name}`)
    return [key, choice]
  })
  return schedulerAgent.desired.parse({ persistence: wish.persistence, hosts: { [HOST]: Object.fromEntries(choices) } })
}

function stepsOf(plan: Plan): Step[] {
  return plan.phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps))
}

function outline(step: Step): string {
  if (step.kind === 'knob') return `knob ${step.path} ${step.before} -> ${step.value}`
  if (step.kind === 'run') return `run ${step.run.join(' ')}`
  if (step.kind !== 'file') return `${step.kind} ${step.id}`
  const verb = step.before === null ? 'make' : step.after === null ? 'remove' : 'edit'
  return `${verb} ${step.path}${step.activate ? ` && ${step.activate.run.join(' ')}` : ''}`
}

/** Every fact that no basis item names, turned into something else. */
function changedOutsideBasis(facts: SchedulerFacts): SchedulerFacts {
  return {
    ...facts,
    kernel: `${facts.kernel}-other`,
    devices: facts.devices.map((device) => ({
      ...device,
      sysPath: '/sys/devices/elsewhere',
      transport: 'carrier pigeon',
      driver: 'other',
      vendor: 'Other',
      model: 'Other model',
      sizeBytes: (device.sizeBytes ?? 0) + 512,
      nrRequests: 7,
      logicalBlockSize: 4096,
      partitions: ['p9'],
      mounts: [{ at: '/elsewhere', type: 'ext2', source: '/dev/null' }],
      swap: !device.swap,
      holders: ['dm-99'],
      label: 'other',
      byId: ['/dev/disk/by-id/other'],
    })),
  }
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}
