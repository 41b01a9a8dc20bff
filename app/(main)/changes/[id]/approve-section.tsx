import { Note } from '@/components/show/finding'
import type { ChangeView } from '@/lib/changes/get-change'
import type { findSpan } from '@/lib/changes/when'
import { ApproveLater } from './approve-later'

/** Whether the change waits for somebody's decision. */
export function isUndecided({ state }: ChangeView): boolean {
  return state === 'planned' || state === 'asked' || state === 'stale'
}

/** Why the person who looks cannot approve. */
export function TakesTwo({ children }: { children: string }) {
  return (
    <div className="mb-5">
      <Note status="info" title="This takes two people">
        {children}
      </Note>
    </div>
  )
}

/** Ways to approve beside "at once, all together"; or why this person cannot. */
export function ApproveSection({
  change,
  window,
}: {
  change: ChangeView
  window: Awaited<ReturnType<typeof findSpan>>
}) {
  if (change.approvalRefusal) return <TakesTwo>{change.approvalRefusal}</TakesTwo>
  return (
    <div id="approve">
      <ApproveLater
        title={`Approve for a later time${change.canaries.length > 0 ? ', or try it on one host first' : ''}`}
        changeId={change.id}
        digest={change.digest}
        canaries={change.canaries}
        window={window.span && { from: window.span.from.getTime(), until: window.span.until.getTime() }}
        windowRefusal={window.refusal}
      />
    </div>
  )
}
