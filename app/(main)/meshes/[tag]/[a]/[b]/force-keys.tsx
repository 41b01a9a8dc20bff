'use client'

import { Button } from '@/components/base/button'
import { planChangeAction } from '../../../../changes/actions'
import { usePlanned } from '../../../../changes/use-planned'

/** Plans new keys for one pair, which proves the group that only a rekey asks for, and goes to the plan. */
export function ForceKeys({ tag, hostIds }: { tag: string; hostIds: readonly [string, string] }) {
  const { press, problem, isPending } = usePlanned()
  const ids = [...hostIds]
  const ask = () => planChangeAction({ agentId: 'ipsec', desired: { kind: 'rekey', tag, hostIds: ids }, hostIds: ids })
  return (
    <div>
      <Button onClick={() => press(ask)} disabled={isPending} aria-busy={isPending}>
        {isPending ? 'Reading and planning' : 'Force new keys'}
      </Button>
      {problem === null ? null : (
        <p className="home-change-note mesh-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
