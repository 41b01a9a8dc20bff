const dayMs = 86_400_000
const dailyDays = 90
const weeklyDays = 365
const keptDays = 731

/**
 * Which of these days (YYYY-MM-DD) are kept no longer: each day is kept for 90 days, then the first of each week to a year, then
 * the first of each month to two years. What was kept once as the first of its week stays the first. Pure.
 */
export function thinnedDays(days: readonly string[], today: string): string[] {
  const seen = new Set<string>()
  return [...new Set(days)].toSorted().filter((day) => {
    const bucket = bucketOf(day, today)
    if (bucket === null || seen.has(bucket)) return true
    seen.add(bucket)
    return false
  })
}

function bucketOf(day: string, today: string): string | null {
  const number = Date.parse(day) / dayMs
  const age = Date.parse(today) / dayMs - number
  if (age > keptDays) return null
  if (age <= dailyDays) return day
  // Day 0, 1 January 1970, was a Thursday: weeks begin on Monday.
  return age <= weeklyDays ? `week ${Math.floor((number + 3) / 7)}` : day.slice(0, 7)
}
