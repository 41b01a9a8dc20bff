'use client'

import { useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { RelativeTime } from '@/components/base/relative-time'
import { checkMeshAction } from '../actions'
import type { MeshSeen } from '../live/mesh-seen'

/** When all members were looked at last, and a button that does not wait for the next look. */
export function CheckAgain({ tag, seen }: { tag: string; seen: MeshSeen }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      const answer = await checkMeshAction({ tag })
      setProblem(answer.ok ? null : answer.error.message)
    })
  return (
    <>
      <span className="max-m:hidden" role={problem === null ? undefined : 'alert'}>
        {problem ?? (seen.at === null ? 'Not checked yet' : <Checked at={seen.at} />)}
      </span>
      <Button sm kind="quiet" onClick={press} disabled={isPending} aria-busy={isPending}>
        Check again
      </Button>
    </>
  )
}

function Checked({ at }: { at: number }) {
  return (
    <>
      Checked <RelativeTime at={at} />
    </>
  )
}
