import { TimeBars } from '@/components/chart/time-bars'
import { SectionHead } from '@/components/frame/page-head'
import type { PoolDay } from '@/lib/catalog/pools/pool-days'
import { bytesText } from '@/lib/catalog/rules'

const dayMs = 86_400_000
/** Narrower bars nobody can tell apart. */
const most = 90

/** How a pool went, from what Pollux keeps of each day. */
export function PoolDays({ days }: { days: readonly PoolDay[] }) {
  const shown = allDays(days)
  const [first, last] = [days[0], days.at(-1)]
  return (
    <section className="overview-part" aria-labelledby="course">
      <SectionHead id="course" title="Its course" note="from one reading of each day" />
      {first && last && days.length > 1 ? (
        <TimeBars
          label="Space by day"
          summary={`${bytesText(first.bytes)} on ${first.day}, ${bytesText(last.bytes)} on ${last.day}.`}
          series={[
            { id: 'held', label: 'Held', colour: 'var(--lv-full)' },
            { id: 'prunable', label: 'Prunable', colour: 'var(--lv-incr)' },
          ]}
          days={shown}
          total="last"
          tell={bytesText}
        />
      ) : (
        <p className="text-text-2">
          Pollux keeps one reading of each day. From the second day on its course stands here.
        </p>
      )}
    </section>
  )
}

/** Every day from the first kept one to the last, at most the last ninety; a day without a reading is not known. */
function allDays(days: readonly PoolDay[]) {
  const byDay = new Map(days.map((day) => [day.day, day]))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  const end = Date.parse(last.day)
  const start = Math.max(Date.parse(first.day), end - (most - 1) * dayMs)
  return Array.from({ length: Math.round((end - start) / dayMs) + 1 }, (_, at) => {
    const day = new Date(start + at * dayMs).toISOString().slice(0, 10)
    return { day, values: valuesOf(byDay.get(day)) }
  })
}

function valuesOf(day: PoolDay | undefined) {
  if (!day) return null
  return { held: Math.max(0, day.bytes - day.prunableBytes), prunable: day.prunableBytes }
}
