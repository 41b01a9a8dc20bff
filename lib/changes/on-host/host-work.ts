import { type HostCheck, isHostCheck, type Plan, type Step } from '@/lib/agent'

/** The part of a change that one host does. */
export interface HostWork {
  changeId: number
  title: string
  /** The name of the change's folder. */
  folder: string
  /** Where it lies: `${root}/changes/${folder}`. */
  directory: string
  root: string
  /** Stands before the paths of the boot hook; empty on a host, a folder in tests. */
  sys: string
  /** What this host does in each phase of the change, in order; a phase may be empty here. */
  phases: readonly (readonly Step[])[]
  /** The proofs that the host makes by itself. */
  checks: readonly HostCheck[]
  /** Values that may stand in no journal (sed masks them before they are written). */
  secrets: readonly string[]
  /** Of these, what is emptied wherever it stands in the change's folder once the change has ended. */
  forgets?: readonly string[]
  /** The folder of the change that this one takes back, which goes when this one stands. */
  supersedes: string | null
  /** Seconds from the start to the deadline, after which the host takes the change back. */
  deadlineS: number
  /**
   * Whether the host confirms by itself once its checks passed, or waits to be told: at each barrier and at the end, or
   * (`by hand`) at the end alone, by a person there.
   */
  confirms: 'itself' | 'when told' | 'by hand'
}

/** All steps of the host in order; a step's number on the host is its place here, from 1. */
export function stepsOf(work: HostWork): readonly Step[] {
  return work.phases.flat()
}

/** The proofs of a plan that this host makes by itself. */
export function hostChecksOf(plan: Plan, hostId: string): HostCheck[] {
  return plan.checks.filter(isHostCheck).filter((check) => check.hostId === hostId)
}
