import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEmptyPlan, type Plan } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { postfixAgent } from '.'
import type { PostfixDesired, SetDesired } from './desired'
import type { PostfixFacts } from './facts'
import { type Fixture, factsOf, loadFixtures } from './load-fixtures'
import { bytesAt } from './parameters'
import { mainPath, masterPath } from './paths'
import { type Host, problemsOf } from './resolve'
import { isLoopback } from './typed'
import { hostView, type InstanceView } from './view'

// A failure names its seed and path.

class Subject {
  constructor(
    readonly fixture: Fixture,
    readonly host: Host,
    readonly view: InstanceView,
  ) {}
  /** What a failure shows of it. */
  [fc.toStringMethod]() {
    return `${this.fixture.file} ${this.view.name}`
  }
}

/** Every Postfix of the fixtures that can be changed. */
const subjects = loadFixtures().flatMap((fixture): Subject[] => {
  const host = { hostId: 'host-1', name: 'host-1', facts: factsOf(fixture) }
  const { instances } = hostView(host.facts, host.hostId, host.name)
  return instances.filter(({ whyNot }) => whyNot === null).map((view) => new Subject(fixture, host, view))
})

/** Those whose files have nothing of their admin's that a wish could replace. */
const plain = subjects.filter(({ fixture: { plans }, view }) => {
  const made = plans.filter(({ desired, refused }) => desired.operation === 'set' && refused === undefined)
  return view.isShipped && made.length > 0 && made.every(({ comesBack }) => comesBack === true)
})

const orNull = <T>(list: readonly T[]) => fc.constantFrom(null, ...list)
const proof = { probe: null, dnsServer: null, domain: null }

/** Wishes for a Postfix; whether it can have them all, its plan tells. */
function wishesFor({ host: { facts }, view }: Subject, clients = view.clients.map(({ key }) => key)) {
  const of = (family: 4 | 6) =>
    facts.addresses
      .filter((one) => one.family === family && one.scope === 'global' && !isLoopback(one.host))
      .map(({ host }) => host)
  const every = [...of(4), ...of(6), '127.0.0.1', '::1']
  const identity = {
    source4: orNull(of(4)),
    source6: orNull(of(6)),
    helo: orNull(['mail.example.org', 'other.example.net']),
  }
  const addresses = fc.oneof({ weight: 4, arbitrary: fc.subarray(every, { minLength: 1 }) }, fc.constant(null))
  const ports = view.ports.filter(({ whyNot, isLoopbackOnly }) => whyNot === null && !isLoopbackOnly)
  const sender = fc.record({ pattern: fc.constantFrom('@a.org', 'x@a.org', '@b.org'), ...identity })
  return fc.record({
    operation: fc.constant('set' as const),
    hostId: fc.constant('host-1'),
    instance: fc.constant(view.name),
    listeners: fc
      .subarray(ports)
      .chain((some) => fc.tuple(...some.map(({ port }) => fc.record({ port: fc.constant(port), addresses })))),
    ...identity,
    sixth: fc.constantFrom('any' as const, 'never' as const, 'prefer-ipv4' as const),
    scope: fc.oneof(fc.constant('all' as const), fc.subarray(clients, { minLength: 1 })),
    enforce: fc.boolean(),
    greet: fc.boolean(),
    boot: fc.constantFrom('fail' as const, 'wait' as const, 'nonlocal' as const),
    senders: fc.uniqueArray(
      sender.filter(({ source4, source6, helo }) => (source4 ?? source6 ?? helo) !== null),
      { maxLength: 3, selector: ({ pattern }) => pattern },
    ),
    proof: fc.constant(proof),
  })
}

const pick = (from: readonly Subject[], clients?: string[]) =>
  fc.constantFrom(...from).chain((subject) => wishesFor(subject, clients).map((wish) => ({ subject, wish })))

/** The plan, or the words of the refusal. */
function planned(host: Host, desired: PostfixDesired): Plan | string {
  try {
    return postfixAgent.plan([host], desired)
  } catch (error) {
    if (isAppError(error) && error.code === 'invalid' && error.userMessage) return error.userMessage
    throw error
  }
}

const instanceOf = ({ instances }: PostfixFacts, name: string) => {
  const found = instances.find((one) => one.name === name)
  if (!found) throw new Error(`no instance ${name}`)
  return found
}
const filesOf = (facts: PostfixFacts, name: string) =>
  [mainPath, masterPath].map((pathOf) => bytesAt(facts.files, pathOf(instanceOf(facts, name))))
const fatal = (facts: PostfixFacts, name: string) =>
  problemsOf(facts, instanceOf(facts, name)).filter(({ kind }) => kind === 'fatal').length
const sorted = ({ listeners }: SetDesired) =>
  new Map(listeners.map((one) => [one.port, one.addresses?.toSorted() ?? null]))

describe('any wish', () => {
  it('is refused in words, or fulfilled by its plan: nothing is left to do, and it is read back', () => {
    fc.assert(
      fc.property(pick(subjects), ({ subject: { host, view }, wish }) => {
        const plan = planned(host, wish)
        if (typeof plan === 'string') {
          expect(plan).toMatch(/^\S.{20,}\.$/s)
          return
        }
        const after = { ...host, facts: postfixAgent.predict(host, plan) }
        expect(planned(after, wish)).toMatchObject({ phases: [] })
        expect(postfixAgent.drift(after, wish, plan)).toEqual([])
        if (!isEmptyPlan(plan)) expect(postfixAgent.drift(host, wish, plan)).not.toEqual([])
        expect(fatal(after.facts, view.name)).toBe(0)

        // A client of the admin's with an identity of its own is what is read where no other has one.
        if (view.wish.scope !== 'all') return
        const now = hostView(after.facts, host.hostId, host.name).instances.find(({ name }) => name === view.name)
        expect(now?.whyNot).toBeNull()
        if (!now) return
        expect(planned(after, now.wish)).toMatchObject({ phases: [] })
        for (const [port, addresses] of sorted(wish))
          expect([port, sorted(now.wish).get(port)]).toEqual([port, addresses])
        const { sixth, senders } = now.wish
        expect([sixth, senders.length]).toEqual([wish.sixth, wish.senders.length])
        if (wish.scope !== 'all' && !wish.scope.includes('smtp/unix')) return
        const { source4, source6, helo } = now.wish
        expect([source4, source6, helo]).toEqual([wish.source4, wish.source6, wish.helo])
      }),
      { numRuns: 400 },
    )
  })

  it('is taken back by a reset, to every byte, where nothing was the admin’s', () => {
    expect(plain.length).toBeGreaterThan(15)
    fc.assert(
      fc.property(pick(plain, ['smtp/unix', 'relay/unix']), ({ subject: { host, view }, wish }) => {
        const plan = planned(host, wish)
        if (typeof plan === 'string') return
        const after = { ...host, facts: postfixAgent.predict(host, plan) }
        const back = planned(after, { operation: 'reset', hostId: 'host-1', instance: view.name, proof })
        if (typeof back === 'string') throw new Error(back)
        const then = postfixAgent.predict(after, back)
        expect(filesOf(then, view.name)).toEqual(filesOf(host.facts, view.name))
        expect(hostView(then, host.hostId, host.name).instances.map(({ isShipped }) => isShipped)).toContain(true)
      }),
      { numRuns: 300 },
    )
  })
})
