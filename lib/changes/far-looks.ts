import { type FarCheck, type FarRead, isFarCheck, type Plan } from '@/lib/agent'
import { canonicalJson } from './digest'

/** One look from afar, and the checks of a plan that it answers. */
export interface FarLook {
  read: FarRead
  checks: readonly FarCheck[]
  /** Seconds after which it is given up. */
  timeoutS: number
}

/** The looks that these checks need, each once, in the order of the checks. */
export function farLooksOf(far: readonly FarCheck[]): FarLook[] {
  const byRead = new Map<string, FarCheck[]>()
  for (const check of far) {
    const key = canonicalJson(check.read.far)
    byRead.set(key, [...(byRead.get(key) ?? []), check])
  }
  return [...byRead.values()].flatMap((checks) => {
    const [first] = checks
    return first ? [{ read: first.read.far, checks, timeoutS: Math.max(...checks.map((check) => check.timeoutS)) }] : []
  })
}

/** Whether a look is taken alone: two probe mails would meet at one receiver. */
export function isTakenAlone({ read }: FarLook): boolean {
  return read.kind === 'mail'
}

/** Seconds that all looks of a plan may take. */
export function secondsToLook(plan: Plan): number {
  const looks = farLooksOf(plan.checks.filter(isFarCheck))
  const alone = looks.filter(isTakenAlone).reduce((sum, look) => sum + look.timeoutS, 0)
  return alone + Math.max(0, ...looks.filter((look) => !isTakenAlone(look)).map((look) => look.timeoutS))
}
