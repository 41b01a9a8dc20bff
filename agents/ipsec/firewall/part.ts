import type { Finding, RunStep, Step } from '@/lib/agent'

/** What a way of setting rules asks for on one host. */
export interface RulesPart {
  /** Live, in order; none where all stands. */
  steps: Step[]
  /** Files by their paths, as they are to stand: null for none. */
  files: Readonly<Record<string, string | null>>
  findings: Finding[]
}

/** Nothing to do. */
export const noPart: RulesPart = { steps: [], files: {}, findings: [] }

/** The front of the ids of a part's steps, of one host: letters, digits, `.` and `-`. */
export type StepIds = (name: string) => string

type Words = Pick<RunStep, 'id' | 'title' | 'run' | 'input'>

/** A step that only looks: before anything is done, or, with `proves`, at what was done. */
export function look(words: Words, proves = false): RunStep {
  return { kind: 'run', timeoutS: 30, ...words, ...(proves ? { proves } : {}), undo: { nothing: 'It only looks.' } }
}
