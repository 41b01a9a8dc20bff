import { offsetAt, parseWall, readCount } from '../rules'
import type { ZoneVerdict } from './catalog-report'

/**
 * Whether a zone fits jobs that ended: Job.EndTime is the director's local time and Job.JobTDate the same moment in seconds
 * since 1970 (UpdateJobEndRecord in Bacula's src/cats/sql_update.c), so their difference is the clock's offset. Most decide, for
 * a job whose end was set anew by hand says nothing. Pure; throws a RangeError for an unknown zone.
 */
export function zoneVerdict(
  jobs: readonly { endTime: string | null; jobTDate: string | null }[],
  zone: string,
): ZoneVerdict {
  const seen = jobs.flatMap(({ endTime, jobTDate }) => {
    const [wall, seconds] = [parseWall(endTime), readCount(jobTDate)]
    if (wall === null || seconds === null || seconds === 0) return []
    const offset = wall - seconds * 1000
    return [{ offset, fits: offset === offsetAt(seconds * 1000, zone) }]
  })
  const [newest] = seen
  if (!newest) return { kind: 'unknown' }
  if (seen.filter(({ fits }) => fits).length * 2 >= seen.length) return { kind: 'fits' }
  // Clocks are ahead of UTC by quarters of an hour, and at most by 14 hours; anything else is no zone at all.
  const wrong = seen.filter(({ fits, offset }) => !fits && offset % 900_000 === 0 && Math.abs(offset) <= 14 * 3_600_000)
  return wrong[0] ? { kind: 'wrong', offset: offsetText(wrong[0].offset) } : { kind: 'unknown' }
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0')
  return `${offset < 0 ? '−' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}
