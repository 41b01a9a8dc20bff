import type { ReadingArgv } from './argv'

/** How the text that was read must look. */
export type Expectation = { equals: string } | { includes: string } | { excludes: string } | { absent: true }

/** A proof that the host makes by itself after the steps, and the dashboard again afterwards. */
export interface Check {
  /** Unique in its plan; letters, digits, `.` and `-`. */
  id: string
  hostId: string
  /** What is proved: "sda uses mq-deadline". */
  title: string
  /** Only `must` with verdict no undoes the change. */
  weight: 'must' | 'advise'
  read: { file: string } | { command: ReadingArgv }
  expect: Expectation
  timeoutS: number
}

export type Verdict = 'yes' | 'no' | 'unknown'

export interface CheckResult {
  checkId: string
  hostId: string
  expected: string
  seen: string
  verdict: Verdict
}
