import type { RunRule } from './configuration'

const dayMs = 86_400_000

/**
 * When a schedule's rules fall due between two local times, oldest first; of one minute in the rules' order. Times are
 * local, as milliseconds as if they were UTC. `nth` counts as Bacula's `1st` to `5th` do: days 1 to 7 are the first.
 */
export function dueRuns<Rule extends RunRule>(
  rules: readonly Rule[],
  from: number,
  to: number,
): { rule: Rule; wall: number }[] {
  const due: { rule: Rule; wall: number }[] = []
  for (let day = Math.floor(from / dayMs) * dayMs; day <= to; day += dayMs) {
    const date = new Date(day)
    const nth = Math.floor((date.getUTCDate() - 1) / 7) + 1
    for (const rule of rules) {
      const wall = day + (rule.hour * 60 + rule.minute) * 60_000
      const fits =
        rule.weekdays.includes(date.getUTCDay()) &&
        (rule.nth?.includes(nth) ?? true) &&
        (rule.months?.includes(date.getUTCMonth() + 1) ?? true)
      if (fits && wall >= from && wall <= to) due.push({ rule, wall })
    }
  }
  return due.sort((one, other) => one.wall - other.wall)
}
