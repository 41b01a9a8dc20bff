import { cva } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { Mark } from './status-mark'

const look = cva('tag', {
  variants: {
    kind: {
      plain: '',
      ok: 'tag-ok',
      warn: 'tag-warn',
      bad: 'tag-bad',
      info: 'tag-info',
      unknown: 'tag-unknown',
      running: 'tag-running',
    },
  },
  defaultVariants: { kind: 'plain' },
})

export type TagKind = 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'unknown' | 'running'

/** A short word about a thing: a kind, a profile, a state. `mark` puts the status' shape before it. */
export function Tag({
  kind = 'plain',
  mark = false,
  title,
  children,
}: {
  kind?: TagKind
  mark?: boolean
  title?: string
  children: ReactNode
}) {
  return (
    <span className={look({ kind })} title={title}>
      {mark && kind !== 'plain' ? <Mark status={kind} /> : null}
      {children}
    </span>
  )
}
