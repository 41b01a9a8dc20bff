import type { ReadingArgv } from './argv'
import type { FarExpectation, FarRead } from './far'

/** How the text that was read must look. */
export type Expectation =
  | { equals: string }
  | { includes: string }
  | { excludes: string }
  | { absent: true }
  /** One row of two columns, as the clients of databases print it: a TAB between. A person reads `name = value`. */
  | { name: string; value: string }
  /** There are lines with `lines`, and each of them holds `include` too. */
  | { lines: string; include: string }

interface CheckBase {
  /** Unique in its plan; letters, digits, `.` and `-`. */
  id: string
  hostId: string
  /** What is proved: "sda uses mq-deadline". */
  title: string
  /** Only `must` with verdict no undoes the change. */
  weight: 'must' | 'advise'
  timeoutS: number
}

/** A proof that the host makes by itself after the steps, and the dashboard again afterwards. */
export interface HostCheck extends CheckBase {
  read: { file: string } | { command: ReadingArgv }
  expect: Expectation
}

/**
 * A proof that only somebody beyond the host can make. The dashboard makes it once the hosts have proved their own part
 * and before the change stands; where it cannot, because it is gone, they take it back. Checks of one plan with the same
 * `far` share one look.
 */
export interface FarCheck extends CheckBase {
  read: { far: FarRead }
  expect: FarExpectation
}

export type Check = HostCheck | FarCheck

/** Whether a check is made by the host itself. */
export function isHostCheck(check: Check): check is HostCheck {
  return !isFarCheck(check)
}

/** Whether a check is made from beyond the host. */
export function isFarCheck(check: Check): check is FarCheck {
  return 'far' in check.read
}

export type Verdict = 'yes' | 'no' | 'unknown'

export interface CheckResult {
  checkId: string
  hostId: string
  expected: string
  seen: string
  verdict: Verdict
}
