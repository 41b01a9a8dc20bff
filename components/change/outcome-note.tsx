import type { ReactNode } from 'react'
import type { Status } from '../base/status-mark'
import { Note } from '../show/finding'

/** How a change ends, and the two ways in which it does not begin. */
export type Ending =
  | 'applied'
  | 'applied-unverified'
  | 'reverted'
  | 'foreign-edit-kept'
  | 'split'
  | 'undo-failed'
  | 'outcome-unknown'
  | 'nothing-to-do'
  | 'stale-plan'

const endings: Readonly<Record<Ending, { status: Status; title: string }>> = {
  applied: { status: 'ok', title: 'Done and proved' },
  'applied-unverified': { status: 'unknown', title: 'Done, and not all of it could be proved' },
  reverted: { status: 'warn', title: 'Undone, all is as before' },
  'foreign-edit-kept': { status: 'warn', title: 'Somebody else’s edit was kept' },
  split: { status: 'bad', title: 'The hosts ended differently' },
  'undo-failed': { status: 'bad', title: 'A host needs you' },
  'outcome-unknown': { status: 'unknown', title: 'Not known how it ended' },
  'nothing-to-do': { status: 'info', title: 'Nothing to do' },
  'stale-plan': { status: 'unknown', title: 'The plan is stale' },
}

/** How a change ended: what, on which hosts, what now. `title` says it with its figures ("Done and proved in 26 s"). */
export function OutcomeNote({
  ending,
  title,
  live,
  children,
}: {
  ending: Ending
  title?: ReactNode
  live?: boolean
  children: ReactNode
}) {
  const { status, title: usual } = endings[ending]
  return (
    <Note status={status} title={title ?? usual} live={live}>
      {children}
    </Note>
  )
}
