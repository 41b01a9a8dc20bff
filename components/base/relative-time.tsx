'use client'

import { useEffect, useState } from 'react'
import { tellExactly, tellTime } from './tell-time'

/** One clock for all times of a page. */
const listeners = new Set<(now: number) => void>()
let timer: ReturnType<typeof setInterval> | undefined

function listen(listener: (now: number) => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const tell of listeners) tell(Date.now())
  }, 10_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/**
 * A time as "40 s ago" ("40 s" with `short`), kept true while the page is open. The exact one with its zone shows on
 * hover and on focus: the server writes it in UTC, the browser in the reader's own zone. `at` is ISO 8601 or
 * milliseconds. `still` takes it out of the tab order, where a link around it or a table full of times would tire.
 */
export function RelativeTime({
  at,
  short = false,
  still = false,
}: {
  at: string | number
  short?: boolean
  still?: boolean
}) {
  const time = typeof at === 'number' ? at : Date.parse(at)
  const [now, setNow] = useState(() => Date.now())
  const [zone, setZone] = useState<string | undefined>('UTC')
  useEffect(() => {
    setZone(undefined)
    setNow(Date.now())
    return listen(setNow)
  }, [])
  if (Number.isNaN(time)) return <span className="text-text-3">not known</span>
  const exact = tellExactly(time, zone)
  return (
    <time
      className="time"
      dateTime={new Date(time).toISOString()}
      title={exact}
      data-exact={exact}
      tabIndex={still ? undefined : 0}
      suppressHydrationWarning
    >
      {tellTime(time, now, short, zone)}
    </time>
  )
}
