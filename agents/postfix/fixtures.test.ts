import { describe, expect, it } from 'vitest'
import { isEmptyPlan, type Plan, type Step } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { postfixAgent } from '.'
import type { PostfixDesired } from './desired'
import { type ListeningSocket, type PostfixFacts, postfixFacts } from './facts'
import { factsOf, loadFixtures } from './load-fixtures'
import { bytesAt } from './parameters'
import { mainPath, masterPath } from './paths'
import { postfixProbe } from './probe'
import { hostView } from './view'

const resetDoes = {
  true: 'is taken back by a reset, byte for byte',
  false: 'is not what a reset gives',
  refused: 'cannot be taken back by a reset',
}
const proof = { probe: null, dnsServer: null, domain: null }

describe.each(loadFixtures().map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
  const facts = factsOf(fixture)
  const host = { hostId: 'host-1', name: 'host-1', facts }
  const inWords = ({ host, family, port, program }: ListeningSocket) =>
    `${host ?? (family === 4 ? '*' : '[*]')} ${port} ${program ?? '?'}`

  it('is plain JSON that fits the schema', () => {
    expect(postfixFacts.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
  })

  it('tells what runs, what listens and what can be written', () => {
    expect({
      version: facts.version,
      init: facts.init,
      instances: facts.instances.map((one) => `${one.name} ${one.directory}: ${one.runningBecause}`),
      listens: facts.sockets?.map(inWords) ?? null,
      socketTable: facts.socketTable,
      readOnly: facts.readOnly,
      queued: facts.queued,
      nonlocalBind: [facts.nonlocalBind[4], facts.nonlocalBind[6]],
      hidden: fixture.facts.hidden,
    }).toEqual(fixture.facts)
    for (const { unit, isRunning, runningBecause } of facts.instances) {
      expect(unit === null || runningBecause.startsWith(unit)).toBe(true)
      expect(isRunning).toBe(/ is active$|master listens$/.test(runningBecause))
    }
  })

  it('keeps nothing in the store that is secret', () => {
    const kept = JSON.stringify(postfixProbe.keep?.(facts))
    for (const secret of fixture.facts.hidden) {
      expect(JSON.stringify(facts)).toContain(JSON.stringify(secret).slice(1, -1))
      expect(kept).not.toContain(JSON.stringify(secret).slice(1, -1))
    }
  })

  it('fulfils the wish that is read from it', () => {
    const view = hostView(facts, host.hostId, host.name)
    expect(view.instances).toHaveLength(facts.instances.length)
    if (!fixture.readsItsWish) return
    for (const { name, whyNot } of view.instances) if (whyNot === null) expect(nothingToRead(facts, name)).toEqual([])
  })

  describe.each(fixture.plans.map((wish, at) => [`plan ${at + 1}`, wish] as const))('%s', (_, wish) => {
    const { desired } = wish
    if (wish.refused !== undefined) {
      it('is refused with a sentence', () => {
        const error = thrownBy(() => postfixAgent.plan([host], desired))
        expect(isAppError(error) && [error.code, error.userMessage]).toEqual([
          'invalid',
          expect.stringContaining(wish.refused ?? ''),
        ])
      })
      return
    }

    it('has these steps, bytes, checks and findings', () => {
      const plan = postfixAgent.plan([host], desired)
      expect(stepsOf(plan).map(outline)).toEqual(wish.steps)
      expect(bytesOf(plan)).toEqual(wish.after)
      expect(plan.checks.map(({ id }) => id)).toEqual(wish.checks)
      expect(plan.findings.map(({ title }) => title)).toEqual(wish.findings)
      expect(plan.secrets ?? []).toEqual(wish.secrets)
      expect(plan.nothingToDo === null).toBe(!isEmptyPlan(plan))
      if (wish.nothing !== undefined) expect(plan.nothingToDo).toContain(wish.nothing)
      for (const step of stepsOf(plan)) {
        expect(Object.keys(step.undo)).not.toContain('irreversible')
        const words = [
          ...(step.kind === 'run' ? [...step.run, ...(step.isUndone ?? [])] : []),
          ...('run' in step.undo ? step.undo.run : []),
        ]
        // Nothing of what stands in a host's files is a word of a command.
        for (const word of words) expect(word).toMatch(/^[A-Za-z0-9_./@-]+$/)
      }
      const ids = [...stepsOf(plan), ...plan.checks].map(({ id }) => id)
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9.-]+$/)
      expect(new Set(ids).size).toBe(ids.length)
    })

    it('is empty once it was applied, nothing drifts, and what was wished is read back', () => {
      const plan = postfixAgent.plan([host], desired)
      const after = { ...host, facts: postfixAgent.predict(host, plan) }
      expect(postfixFacts.parse(after.facts)).toEqual(after.facts)
      expect(stepsOf(postfixAgent.plan([after], desired))).toEqual([])
      expect(postfixAgent.drift(after, desired, plan)).toEqual([])
      if (!isEmptyPlan(plan)) expect(postfixAgent.drift(host, desired, plan)).not.toEqual([])
      if (desired.operation !== 'install') expect(nothingToRead(after.facts, desired.instance)).toEqual([])
    })

    it('rests on its basis alone', () => {
      const other = { ...host, facts: changedOutsideBasis(facts, desired, postfixAgent.plan([host], desired)) }
      const [one, two] = [host, other].map((each) => boundOf(postfixAgent.plan([each], desired)))
      expect(two).toEqual(one)
    })

    if (desired.operation !== 'set') return
    it(resetDoes[`${wish.comesBack}`], () => {
      const after = { ...host, facts: postfixAgent.predict(host, postfixAgent.plan([host], desired)) }
      const reset = { operation: 'reset', hostId: 'host-1', instance: desired.instance, proof } as const
      if (wish.comesBack === 'refused') return expect(() => postfixAgent.plan([after], reset)).toThrow()
      const back = postfixAgent.predict(after, postfixAgent.plan([after], reset))
      expect(ownFiles(back, desired.instance).join() === ownFiles(facts, desired.instance).join()).toBe(wish.comesBack)
      if (wish.comesBack) expect(ownFiles(back, desired.instance)).toEqual(ownFiles(facts, desired.instance))
      const view = hostView(back, host.hostId, host.name).instances.find(({ name }) => name === desired.instance)
      expect(view?.isShipped).toBe(true)
    })
  })
})

/** The steps of the wish that an instance is said to fulfil as it is. */
function nothingToRead(facts: PostfixFacts, name: string): string[] {
  const wish = hostView(facts, 'host-1', 'host-1').instances.find((one) => one.name === name)?.wish
  if (!wish) throw new Error(`no instance ${name}`)
  return stepsOf(postfixAgent.plan([{ hostId: 'host-1', name: 'host-1', facts }], wish)).map(outline)
}

function ownFiles(facts: PostfixFacts, name: string): string[] {
  const instance = facts.instances.find((one) => one.name === name)
  return instance ? [mainPath(instance), masterPath(instance)].map((path) => bytesAt(facts.files, path)) : []
}

function stepsOf(plan: Plan): Step[] {
  return plan.phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps))
}

function outline(step: Step): string {
  if (step.kind === 'file') {
    const verb = step.before === null ? 'make' : step.after === null ? 'remove' : 'edit'
    return `${verb} ${step.path}${step.makesFolder ? ' in a folder of its own' : ''}`
  }
  if (step.kind === 'knob') return `${step.value} > ${step.path}`
  if (step.kind !== 'run') return step.kind
  const proof = step.isUndone ? `, proved by ${step.isUndone.join(' ')}` : ''
  const back = 'run' in step.undo ? `; back: ${step.undo.run.join(' ')}${proof}` : ''
  return `${step.run.join(' ')}${back}`
}

function bytesOf(plan: Plan): Record<string, string | null> {
  const files = stepsOf(plan).filter((step) => step.kind === 'file')
  return Object.fromEntries(files.map((step) => [step.path, step.after?.bytes ?? null]))
}

/** What an approval binds to: all but words about the plan. */
function boundOf({ agent, phases, checks, basis, guard, secrets }: Plan) {
  return { agent, phases, checks, basis, guard, secrets }
}

/** Facts that no basis item names, turned into something else. */
function changedOutsideBasis(facts: PostfixFacts, desired: PostfixDesired, { basis }: Plan): PostfixFacts {
  const instance =
    desired.operation === 'install' ? null : facts.instances.find(({ name }) => name === desired.instance)
  const ports = desired.operation === 'set' ? desired.listeners.map(({ port }) => Number(port)) : [25]
  const stranger = { peer: null, scope: 'link', label: null, flags: [], device: 'eth7', prefix: 9 }
  const families = [...new Set(facts.addresses.map(({ family }) => family))]
  const isNamed = (name: string) => name === 'mail_version' || basis.some((item) => item.name === name)
  return {
    ...facts,
    programs: [...facts.programs.filter((name) => ['apt-get', 'postconf', 'systemctl'].includes(name)), 'vim'],
    defaults: Object.fromEntries(
      Object.entries(facts.defaults).map(([name, value]) => [name, isNamed(name) ? value : `${value} other`]),
    ),
    instances: [
      ...facts.instances.map((one) => ({ ...one, runningBecause: 'other words' })),
      ...(instance
        ? [{ name: 'postfix-o', directory: '/etc/postfix-o', unit: null, isRunning: true, runningBecause: '' }]
        : []),
    ],
    files: { ...facts.files, '/etc/postfix-o/main.cf': { state: 'unread', why: 'denied' } },
    addresses: [
      ...facts.addresses
        .filter(({ host }) => basis.some((item) => item.name === `address ${host}`))
        .map((address) => ({ ...address, prefix: 9, scope: 'site', label: 'x', flags: ['deprecated'] })),
      ...families.map((family) => ({ ...stranger, family, host: family === 4 ? '192.0.2.200' : '2001:db8:f::1' })),
    ],
    sockets: [
      ...(facts.sockets ?? []).filter(({ port, program }) => ports.includes(port) && program !== 'master'),
      { host: null, family: 4, port: 9999, program: 'other' },
    ],
    nonlocalBind: isNamed('IPv4 addresses that are not there') ? facts.nonlocalBind : { 4: null, 6: null },
    queued: 77,
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
