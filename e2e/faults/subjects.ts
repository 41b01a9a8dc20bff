import { agents } from '@/agents/registry'
import type { AnyAgent } from '@/lib/agent'
import { testAgent } from '@/lib/changes/testing/test-agent'
import { baculaSubject } from './subjects/bacula'
import { failoverMoveSubject, failoverSubject } from './subjects/failover-ip'
import { ipsecSubject } from './subjects/ipsec'
import { mysqlSubject } from './subjects/mysql'
import { mysqlAccountSubject } from './subjects/mysql-account'
import { postfixSubject } from './subjects/postfix'
import { schedulerSubject } from './subjects/scheduler'
import { sqlAccountSubject } from './subjects/sql-account'
import { installSubject, jobSubject, testPath, testSubject, twoHostsSubject } from './subjects/test'

/** A host as a subject sees it: its id in the inventory and what the agent's probe found on it. */
export interface SubjectHost {
  id: string
  name: string
  facts: unknown
}

/** One kind of change that the matrix breaks: an agent, what is asked of it, and on which hosts of the lab. */
export interface Subject {
  id: string
  agentId: string
  /**
   * Sets of hosts; the change is made on each set. Where there are several sets of several hosts, each set has another of
   * its hosts struck, so that they share the work.
   */
  hosts: readonly (readonly string[])[]
  /** The moments that are done on a host, where another subject has the rest; each host not named here does all. */
  fewMoments?: Readonly<Record<string, readonly string[]>>
  /** Sets that are like the one of that place in `hosts`, and take their share of its cells where they run. */
  alike?: readonly (readonly (readonly string[])[])[]
  /** More sets that random cuts are made on, where they run. */
  more?: readonly (readonly string[])[]
  /** Files beside those that the plan names, which its commands make. Each must go when the change is taken back. */
  makes: readonly string[]
  /** Sockets that its commands have a daemon open and close: "tcp 203.0.113.40:25". */
  opens?: readonly string[]
  closes?: readonly string[]
  /**
   * What its commands leave that no file shows: a shell script that prints a line "name<TAB>state" for each such thing, and
   * how those read once the change stands, on that host where it is not the same on all.
   */
  tells?: {
    script: string
    applied: Readonly<Record<string, string>> | ((host: string) => Readonly<Record<string, string>>)
  }
  /** The secret of its wish, which stands masked in the plan that the matrix sees. */
  secret?: string
  /** A shell script that brings a host, out of band, to what it was before any change. */
  reset: string
  /** A shell script that takes away what `reset` brought, once the subject is through. */
  leave: string
  /** What the wizard's form would say. */
  desired(hosts: readonly SubjectHost[]): unknown
}

/** Every subject. An agent of the registry without one makes the short form fail. */
export const subjects: readonly Subject[] = [
  testSubject,
  twoHostsSubject,
  jobSubject,
  installSubject,
  failoverSubject,
  failoverMoveSubject,
  ipsecSubject,
  schedulerSubject,
  postfixSubject,
  baculaSubject,
  mysqlSubject,
  mysqlAccountSubject,
  sqlAccountSubject,
]

/** The agents that the matrix's dashboard knows: those of the product, and the one that exists for tests. */
export const faultAgents: readonly AnyAgent[] = [...agents, testAgent(testPath)]

/** The sentences that say which agents nobody breaks; empty when each has a subject. */
export function missingSubjects(): string[] {
  return faultAgents
    .filter((agent) => !subjects.some((subject) => subject.agentId === agent.id))
    .map(
      (agent) =>
        `The agent "${agent.id}" has no subject in e2e/faults/subjects.ts: nobody has tried what a fault does to it.`,
    )
}

/** The subject of that id. Throws when there is none. */
export function getSubject(id: string): Subject {
  const subject = subjects.find((each) => each.id === id)
  if (subject) return subject
  throw new Error(`expected one of ${subjects.map((each) => each.id).join(', ')}, got ${id}`)
}
