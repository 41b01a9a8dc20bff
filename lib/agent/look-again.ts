/** One reading, reduced by its agent to what a look again needs. */
export interface KeptSample {
  /** Milliseconds since 1970, by the dashboard's clock. */
  at: number
  /** Plain JSON, as `samples` gave it. */
  data: unknown
}

/** A change of the agent that stands on a host, with what was kept of the host's readings. */
export interface StandingWork<Desired> {
  desired: Desired
  /** When it began on the host and when it stood, in milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** Of the wish's subject, in the order of time. */
  samples: readonly KeptSample[]
}

/** What a look again came to, for a list of what happened. */
export interface LookedAgain {
  /** A sentence without its full stop. */
  title: string
  evidence: string
  isGood: boolean
  /** When there was enough evidence for the first time. */
  readyAt: number
}

/**
 * How an agent looks again, a day after a change: did what it set bring what it was to bring? The store keeps the agent's
 * samples, at most one an hour, wherever a reading or a plan brings its facts.
 */
export interface LookAgain<Facts, Desired> {
  /** Pure: what is kept of the facts, for each thing of the host that may be looked at. A kilobyte or two, and no secret. */
  samples(facts: Facts): readonly { subject: string; data: unknown }[]
  /** Which of them a wish is about; null for a wish that nobody looks at again. */
  subjectOf(desired: Desired): string | null
  /** Pure: what came of it; null while there is too little evidence. */
  look(work: StandingWork<Desired>): LookedAgain | null
}
