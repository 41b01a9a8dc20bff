import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Mark, type Status } from '../base/status-mark'

const rules: Partial<Record<Status, string>> = { ok: 'ok', warn: 'warn', bad: 'bad', info: 'info' }

/**
 * A sentence as title, why, and what to do: a fault, a warning before a change, how something ended.
 * `live` has it read out when it appears after the page (the answer to a form).
 */
export function Note({
  status,
  title,
  live = false,
  children,
}: {
  status: Status
  title: ReactNode
  live?: boolean
  children?: ReactNode
}) {
  const rule = rules[status]
  return (
    <div
      className={clsx('note', rule && `note-${rule}`)}
      role={live ? (status === 'bad' ? 'alert' : 'status') : undefined}
    >
      <Mark status={status} />
      <div>
        <b className="note-title">{title}</b>
        {children ? <div className="note-body">{children}</div> : null}
      </div>
    </div>
  )
}

/** The one thing a page has found, with the ways out and their cost beside it (often a small table). Only where something follows. */
export function Finding({
  status,
  title,
  ways,
  children,
}: {
  status: Exclude<Status, 'running' | 'waiting' | 'ask'>
  title: ReactNode
  ways?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="finding" style={{ '--finding': `var(--${status}-mark)` }}>
      <div>
        <h2>
          <Mark status={status} />
          {title}
        </h2>
        <div className="finding-why">{children}</div>
      </div>
      {ways ? <div>{ways}</div> : null}
    </section>
  )
}
