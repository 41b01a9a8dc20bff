'use client'

import { Button } from '@/components/base/button'
import { usePlanning } from '../use-planning'

/** Plans the installation of Postfix on a host that has none. */
export function PlanInstallation({ hostId }: { hostId: string }) {
  const { plan, answer, isPlanning } = usePlanning('postfix', [hostId])
  return (
    <>
      <Button
        kind="primary"
        onClick={() => plan({ operation: 'install', hostId })}
        disabled={isPlanning}
        aria-busy={isPlanning}
      >
        {isPlanning ? 'Reading and planning' : 'Plan its installation'}
      </Button>
      {answer}
    </>
  )
}
