/** Below this a difference is the time that the reading took. */
const NOTICED_S = 60

/** How far a host's clock is from Pollux's: "3 min ahead". */
export function clockWords(offS: number | null): string {
  if (offS === null) return 'not told'
  const seconds = Math.abs(offS)
  if (seconds < NOTICED_S) return 'as Pollux’s'
  return `${span(seconds)} ${offS > 0 ? 'ahead' : 'behind'}`
}

function span(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  if (hours < 48) return `${hours} h`
  return `${Math.round(hours / 24)} days`
}
