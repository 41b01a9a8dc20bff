import { afterEach, beforeEach } from 'vitest'
import { type FailoverDesired, failoverAgent } from '@/agents/failover-ip'
import { hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { setGuardTimes } from '@/lib/changes/deadline'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { testAgent } from '@/lib/changes/testing/test-agent'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { postfixAgent } from '..'
import { type PostfixFacts, postfixFacts } from '../facts'
import { keepHost, leaveHost } from './host-state'
import { reachMailAddresses } from './reach'

/** What another agent shall do first, in the same change. */
export interface First {
  agentId: string
  desired: unknown
}

/** Changes of mail on the lab's hosts, for the tests of one file. Each host is left as it was found, also by a test that fails. */
export function mailLab() {
  const running = hostsForTests()
  const test = withTestStore()
  const kept = new Map<string, string>()
  let ctx: Ctx

  beforeEach(async () => {
    await reachMailAddresses()
    const user = await makeUser(test.current().db, { name: 'ada', role: 'operator' })
    ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
    setAgents([failoverAgent, testAgent('/etc/pollux-test.conf'), postfixAgent])
    setAgentProbes([failoverAgent.probe, postfixAgent.probe])
    setGuardTimes({ slackS: 30, marginS: 5, betweenLoginsS: 0 })
  })
  afterEach(async () => {
    await changesSettled()
    await sshPool().close()
    setGuardTimes({})
    const left = await Promise.allSettled([...kept].map(([name, before]) => leaveHost(name, before)))
    kept.clear()
    const failed = left.find((each) => each.status === 'rejected')
    if (failed) throw failed.reason
  })

  /** Has a host left as it is now, once the test is over. */
  const keep = async (name: string) => {
    kept.set(name, await keepHost(name))
  }
  const begin = async (changeId: number) => {
    const { digest } = await getChange(ctx, changeId)
    await approveChange(ctx, { changeId, digest })
  }
  const apply = async (changeId: number) => {
    await begin(changeId)
    await changesSettled()
    return getChange(ctx, changeId)
  }
  const plan = (hostId: string, desired: object, first: readonly First[] = []) =>
    planChange(ctx, { agentId: 'postfix', desired, hostIds: [hostId], first: [...first] })
  const planOf = async (agentId: string, hostId: string, desired: unknown): Promise<number> => {
    const made = await planChange(ctx, { agentId, desired, hostIds: [hostId] })
    if (!('changeId' in made)) throw new Error(made.nothingToDo)
    return made.changeId
  }
  const planned = async (hostId: string, desired: object, first: readonly First[] = []): Promise<number> => {
    const made = await plan(hostId, desired, first)
    if (!('changeId' in made)) throw new Error(made.nothingToDo)
    return made.changeId
  }

  return {
    ctx: () => ctx,
    db: () => test.current().db,
    has: (...names: string[]) => names.every((name) => running.some((host) => host.name === name)),
    addressOf: (name: string) => running.find((host) => host.name === name)?.address ?? '',
    keep,
    /** Puts a host into the inventory, and has it left as it is now; its id. */
    add: async (name: string): Promise<string> => {
      const lab = running.find((host) => host.name === name)
      if (!lab) throw new Error(`expected ${name} to run`)
      await keep(name)
      return (await makeLabHost(test.current().db, lab)).id
    },
    factsOf: async (hostId: string): Promise<PostfixFacts> => {
      const [reading] = await readAgentFacts(ctx, 'postfix', [hostId])
      if (!reading || reading.problem) throw new Error(reading?.problem ?? 'no reading')
      return postfixFacts.parse(reading.facts)
    },
    plan,
    planned,
    /** A change of another agent alone. */
    planOf,
    begin,
    apply,
    change: (changeId: number) => getChange(ctx, changeId),
    revert: async (changeId: number) => {
      const made = await revertChange(ctx, { changeId })
      if (!('changeId' in made)) throw new Error(made.nothingToDo)
      return apply(made.changeId)
    },
    /** Where the host no longer is as its changes left it, by a reading of now. */
    drift: async (hostId: string) => {
      await readHost(ctx, { hostId, tier: 'cheap' })
      return (await listDrift(ctx, hostId)).map(({ what, expected, seen }) => ({ what, expected, seen }))
    },
    /** What the change's page tells, one line each. */
    text: async (changeId: number) => (await readJournal(ctx, changeId, 0)).lines.map((line) => line.text).join('\n'),
  }
}

/** The wish that puts an address on eth0, for the same change. */
export function alias(hostId: string, address: string): First {
  const cidr = `${address}/${address.includes(':') ? 128 : 32}`
  const desired: FailoverDesired = {
    operation: 'add',
    address: cidr,
    to: { hostId, device: 'eth0' },
    keep: 'boot',
    announce: true,
  }
  return { agentId: 'failover-ip', desired }
}
