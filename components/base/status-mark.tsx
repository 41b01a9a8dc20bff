import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/**
 * ok = proved; warn = will hurt, there is time; bad = hurts now; info = nothing to do; unknown = could not be read;
 * running = Pollux is at it; waiting = its turn comes; ask = a person decides.
 */
export type Status = 'ok' | 'warn' | 'bad' | 'info' | 'unknown' | 'running' | 'waiting' | 'ask'

const words: Readonly<Record<Status, string>> = {
  ok: 'Fine',
  warn: 'Soon',
  bad: 'Broken',
  info: 'Note',
  unknown: 'Not known',
  running: 'Running',
  waiting: 'Waiting',
  ask: 'Your turn',
}

const ring = { cx: 8, cy: 8, fill: 'none', stroke: 'currentColor' } as const

const shapes: Readonly<Record<Status, ReactNode>> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.9 8.2 2.2 2.2 4-4.6" fill="none" stroke="var(--surface)" strokeWidth="1.5" />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.2 15.6 14.5H.4z" fill="currentColor" />
      <path d="M8 6v4.3M8 11.6V13" stroke="var(--surface)" strokeWidth="1.5" />
    </>
  ),
  bad: (
    <>
      <path d="M8 .5 15.5 8 8 15.5.5 8z" fill="currentColor" />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" stroke="var(--surface)" strokeWidth="1.4" />
    </>
  ),
  info: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
      <path d="M8 4v1.6M8 7v5" stroke="var(--surface)" strokeWidth="1.6" />
    </>
  ),
  unknown: (
    <>
      <circle {...ring} r="6.2" strokeWidth="1.6" strokeDasharray="2.7 2.17" />
      <path
        d="M6.3 6.4a1.7 1.7 0 1 1 2.5 1.5c-.6.3-.8.6-.8 1.2M8 11v.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </>
  ),
  running: (
    <>
      <circle {...ring} r="6" strokeWidth="2" opacity=".25" />
      <path
        className="mark-turns"
        d="M8 2a6 6 0 0 1 6 6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  waiting: <circle {...ring} r="5.8" strokeWidth="1.6" />,
  ask: (
    <>
      <circle {...ring} r="6" strokeWidth="2" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
}

/** The 14 px shape alone, hidden from readers of text. Only where a word with the same meaning stands beside it. */
export function Mark({ status, className }: { status: Status; className?: string }) {
  return (
    <svg className={clsx('mark', `mark-${status}`, className)} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[status]}
    </svg>
  )
}

/** Shape, word and colour. Without children the status' own word ("Fine", "Not known"). */
export function StatusMark({ status, children }: { status: Status; children?: ReactNode }) {
  return (
    <span className="status">
      <Mark status={status} />
      <span className={`word-${status}`}>{children ?? words[status]}</span>
    </span>
  )
}

/**
 * The shapes as symbols, once on a page that repeats them by the hundred: there `MarkUse` shows each in a few bytes.
 * `of` tells the page's own from others.
 */
export function MarkSymbols({ of, statuses }: { of: string; statuses: readonly Status[] }) {
  return (
    <svg className="mark-symbols" aria-hidden="true">
      {statuses.map((status) => (
        <symbol key={status} id={`${of}-${status}`} viewBox="0 0 16 16">
          {shapes[status]}
        </symbol>
      ))}
    </svg>
  )
}

/** One of the page's `MarkSymbols`. Only where a word with the same meaning stands beside it. */
export function MarkUse({ of, status }: { of: string; status: Status }) {
  return (
    <svg className={clsx('mark', `mark-${status}`)} aria-hidden="true">
      <use href={`#${of}-${status}`} />
    </svg>
  )
}
