'use client'

import { clsx } from 'clsx'
import { type ReactNode, useEffect, useState } from 'react'

/** Seconds from which on the guard looks urgent. */
const lastSeconds = 20

/**
 * The seconds until hosts undo a change by themselves, what happens then, and where the timer runs. `leftS` and
 * `totalS` are seconds when the page was drawn; `why` says why the change is guarded, `more` is what can be done meanwhile.
 */
export function Guard({
  leftS,
  totalS,
  hosts,
  why,
  more,
}: {
  leftS: number
  totalS: number
  hosts: readonly string[]
  why?: string
  more?: ReactNode
}) {
  const left = useCountdown(leftS)
  const who = hosts.length === 1 ? hosts[0] : `${hosts.length} hosts`
  const isOver = left <= 0
  return (
    <section className={clsx('guard', left <= lastSeconds && 'guard-last')} aria-label="Guard">
      <div className="guard-left" role="timer">
        {clock(left)}
      </div>
      <div>
        <b>
          {isOver
            ? `The time is over: ${who} ${hosts.length === 1 ? 'undoes' : 'undo'} the change, if nobody confirmed it.`
            : `Unless it is confirmed in this time, ${who} ${hosts.length === 1 ? 'undoes' : 'undo'} the change alone.`}
        </b>
        <p className="text-text-2">
          {why ? `${why} ` : ''}The {hosts.length === 1 ? 'timer runs' : 'timers run'} on {hosts.join(', ')}, not here.
        </p>
      </div>
      {more && !isOver ? <div className="guard-more">{more}</div> : null}
      <span className="guard-bar" style={{ width: `${Math.min(100, (100 * left) / Math.max(1, totalS))}%` }} />
    </section>
  )
}

function useCountdown(leftS: number): number {
  const [left, setLeft] = useState(leftS)
  useEffect(() => {
    const end = performance.now() + leftS * 1000
    const tick = () => setLeft(Math.max(0, Math.round((end - performance.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [leftS])
  return left
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
