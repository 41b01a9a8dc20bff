'use client'

import type { OperationWish } from '@/lib/director/operation-wish'
import { usePlanned } from '../../../../changes/use-planned'
import { planOperationAction } from '../actions'

/** Plans what a director is to do, and goes to the plan; else the sentence that says why none came. */
export function usePlan(catalogId: string) {
  const { plan, press, problem, isPending } = usePlanned()
  const asking = (operation: OperationWish) => () => planOperationAction({ catalogId, operation })
  return {
    plan: (operation: OperationWish) => plan(asking(operation)),
    press: (operation: OperationWish) => press(asking(operation)),
    problem,
    isPending,
  }
}
