import type { Check } from './check'
import type { Phase } from './step'

/** One thing the plan rests on. If it reads otherwise later, the plan is stale. Never a time, never a counter. */
export interface BasisItem {
  hostId: string
  /** "file /etc/rc.local", "device sda", "udev version" */
  name: string
  /** A tag, a version, an id: compared letter by letter, and shown when it differs. */
  value: string
}

/** Something the person should know before approving, with what follows from it. */
export interface Finding {
  level: 'info' | 'warn'
  hostId: string | null
  title: string
  detail: string
}

/** That a change could cost the way to a host, so that each host takes it back unless it was reached anew (rules 4, 7). */
export interface Guard {
  /** How reach could be lost, one sentence for the screen. */
  why: string
  /**
   * Hosts whose deadline ends later than the others' by a margin, because what they would take back must have been
   * given up by the others first (rule 6).
   */
  outlasts: readonly string[]
}

/** The pure result of facts and desired. */
export interface Plan {
  agent: { id: string; version: number }
  /** The agents whose plans come before it in a composed change. */
  first?: readonly { id: string; version: number }[]
  /** "Scheduler of 3 disks on umber and sienna" */
  title: string
  /** What will happen and how it is taken back, one sentence for the bar above the button. */
  summary: string
  phases: readonly Phase[]
  checks: readonly Check[]
  basis: readonly BasisItem[]
  findings: readonly Finding[]
  /** Null where nobody can be locked out. */
  guard: Guard | null
  /** What it does shows in no facts, so that the same wish would find the same work again: planning it again proves nothing. */
  once?: true
  /**
   * What one would go on with once it stands: another wish of the same wizard, on the same hosts. `params`: what its address
   * says beside them.
   */
  next?: { title: string; params?: Readonly<Record<string, string>> }
  /** Values that no screen, log, journal or diff may show; the digest takes them as an HMAC. */
  secrets?: readonly string[]
  /** Of these, what nobody needs once the change has ended: the store and the hosts keep an empty text in its place. */
  forgets?: readonly string[]
  /** Why there is nothing to do, when the phases hold no step. */
  nothingToDo: string | null
}

/** Whether any host has any step to run. */
export function isEmptyPlan(plan: Plan): boolean {
  return plan.phases.every((phase) => phase.hosts.every((host) => host.steps.length === 0))
}
