import type { ZodType } from 'zod'
import type { LookAgain } from './look-again'
import type { Plan } from './plan'
import type { Found, Probe } from './reading'

/** One host as a plan sees it. */
export interface PlanHost<Facts> {
  hostId: string
  name: string
  facts: Facts
}

/** What a host's page shows about an agent's work that no longer stands as it was left. */
export interface Drift {
  /**
   * "sda uses none; change #12 set mq-deadline" is made of what and expected/seen. `what` and `seen` together are what a
   * person takes as right: the same difference has the same words at every reading, and no times or counters in them.
   */
  what: string
  expected: string
  seen: string
}

/**
 * The code that knows one managed subsystem. It reads, decides, renders and predicts; it never touches the wire.
 * `Facts` must be plain JSON, because it is stored.
 */
export interface Agent<Id extends string, Facts, Desired> {
  id: Id
  /** Goes up whenever the same facts and desired could give another plan. */
  version: number
  title: string
  /** One sentence for the list of wizards. */
  about: string
  /** Questions of this agent, asked in the same round trip as the host's own facts. */
  probe: Probe<Id, Facts>
  /** What the wizard's form says. */
  desired: ZodType<Desired>
  /** Pure. Throws AppError `invalid` when the wish cannot be met, with the reason; an empty plan says why nothing is to do. */
  plan(hosts: readonly PlanHost<Facts>[], desired: Desired): Plan
  /** Pure: the facts as they will read once the plan was applied on that host; a second plan on them is empty. */
  predict(host: PlanHost<Facts>, plan: Plan): Facts
  /**
   * Pure: where the facts no longer agree with what a change left. `applied` is this agent's part of the plan that was
   * applied: `appliedFiles` tells which files it left on the host and how, the basis how those stood that it left alone.
   * Shows no secret that the plan does not name.
   */
  drift(host: PlanHost<Facts>, desired: Desired, applied: Plan): readonly Drift[]
  /**
   * Pure: what of a host a wish is about, in a few words that are the same for the same thing, whatever is wished of it. A
   * later change takes the place of an earlier one of the same scope alone. Left out where each wish is about all that the
   * agent does on a host.
   */
  scopeOf?(desired: Desired): string
  /** How it looks again at what it set, once there is evidence; left out where nothing shows by waiting. */
  lookAgain?: LookAgain<Facts, Desired>
}

/** What an agent's probe found on a host, or why not. */
export type AgentFacts<Facts> = Found<Facts>
