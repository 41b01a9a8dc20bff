'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/base/button'
import type { OperationWish } from '@/lib/director/operation-wish'
import { usePlanned } from '../../../changes/use-planned'
import { planOperationAction } from './actions'

/** Plans one thing and goes to its plan, where it is read and approved; what hinders stands in its place. */
export function OperationButton({
  catalogId,
  operation,
  label,
  children,
}: {
  catalogId: string
  operation: OperationWish
  label: string
  children: ReactNode
}) {
  const { press, problem, isPending } = usePlanned()
  return (
    <span>
      <Button
        sm
        onClick={() => press(() => planOperationAction({ catalogId, operation }))}
        disabled={isPending}
        aria-busy={isPending}
        aria-label={label}
      >
        {isPending ? 'Planning' : children}
      </Button>
      {problem === null ? null : (
        <span className="home-change-note" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
