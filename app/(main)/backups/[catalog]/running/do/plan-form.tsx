'use client'

import type { ReactNode } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { Note } from '@/components/show/finding'
import type { OperationWish } from '@/lib/director/operation-wish'
import { usePlan } from './use-plan'

/** A form whose answer is a plan: nothing is done before that is approved. */
export function PlanForm({
  catalogId,
  wishOf,
  children,
}: {
  catalogId: string
  /** The wish of the form's values; a sentence where one is missing. */
  wishOf: (value: (name: string) => string) => OperationWish
  children: ReactNode
}) {
  const { press, problem, isPending } = usePlan(catalogId)
  return (
    <form
      className="director-form"
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData(event.currentTarget)
        press(wishOf((name) => String(data.get(name) ?? '').trim()))
      }}
    >
      {children}
      {problem === null ? null : (
        <Note status="bad" title="No plan came of this" live>
          {problem}
        </Note>
      )}
      <div>
        <SubmitButton kind="primary" pending={isPending} pendingText="Asking and planning">
          Show the plan
        </SubmitButton>
      </div>
    </form>
  )
}
