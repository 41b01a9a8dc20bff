'use client'

import { clsx } from 'clsx'
import { useEffect, useState } from 'react'
import { Button } from '../base/button'
import { HostText } from '../base/host-text'
import { Mark, type Status } from '../base/status-mark'
import { tellExactly } from '../base/tell-time'
import { useKeys } from '../keys/use-keys'
import { type JournalKind, type JournalLine, timeOfDay } from './journal-line'
import { useFollow } from './use-follow'

const marks: Partial<Record<JournalKind, Status>> = { done: 'ok', running: 'running', failed: 'bad', warn: 'warn' }
const words: Partial<Record<JournalKind, string>> = { running: 'running', failed: 'failed', warn: 'warning' }

/** So many lines are drawn at first; the ones before come at a press. */
const shownLines = 500

/** The lines. Follows the end until someone scrolls up; then counts what came since. `kept` lines stand before them in a file. */
export function JournalLog({
  lines,
  label,
  kept = 0,
  keptHref,
}: {
  lines: readonly JournalLine[]
  label: string
  kept?: number
  keptHref?: string
}) {
  const { ref, onScroll, unread, follow } = useFollow<HTMLDivElement>(lines.length)
  const [isWhole, setIsWhole] = useState(false)
  const [zone, setZone] = useState<string | undefined>('UTC')
  useEffect(() => setZone(undefined), [])
  useKeys({ f: follow })
  const shown = isWhole ? lines : lines.slice(-shownLines)
  const earlier = lines.length - shown.length
  const last = lines.at(-1)
  return (
    <div className="journal">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which needs the focus without a mouse */}
      <div ref={ref} className="log" role="log" aria-label={label} tabIndex={0} onScroll={onScroll}>
        {earlier > 0 ? (
          <button type="button" className="link log-earlier" onClick={() => setIsWhole(true)}>
            {earlier.toLocaleString('en')} earlier lines
          </button>
        ) : kept > 0 ? (
          <a className="link log-earlier" href={keptHref} download>
            {kept.toLocaleString('en')} lines before these, in the file
          </a>
        ) : null}
        {shown.map((line) => (
          <Line key={line.id} line={line} isNow={line === last && line.kind === 'running'} zone={zone} />
        ))}
      </div>
      {unread > 0 ? (
        <Button sm className="log-new" onClick={follow}>
          {unread.toLocaleString('en')} new {unread === 1 ? 'line' : 'lines'}
        </Button>
      ) : null}
    </div>
  )
}

function Line({ line, isNow, zone }: { line: JournalLine; isNow: boolean; zone: string | undefined }) {
  const isOutput = line.kind === 'output'
  const at = typeof line.at === 'number' ? line.at : Date.parse(line.at)
  const mark = marks[line.kind]
  return (
    <div className="ll" data-now={isNow ? '' : undefined}>
      <span className="ll-time" title={tellExactly(at, zone)} suppressHydrationWarning>
        {isOutput ? null : timeOfDay(at, zone)}
      </span>
      <span className="ll-host">{isOutput ? null : <HostText text={line.host} />}</span>
      <span className={clsx('ll-text', `ll-${line.kind}`)}>
        {mark ? <Mark status={mark} /> : null}
        {words[line.kind] ? <span className="sr-only">{words[line.kind]}: </span> : null}
        <HostText text={line.text} keep={isOutput ? 'lines' : undefined} />
      </span>
    </div>
  )
}
