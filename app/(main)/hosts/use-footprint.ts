'use client'

import { useState, useTransition } from 'react'
import type { ShownFootprint } from '@/lib/changes/read-footprint'
import { breakLockAction, readFootprintAction, removeFootprintAction } from './actions'

/** Reads what lies on a host, and again after something was done there. */
export function useFootprint(hostId: string) {
  const [found, setFound] = useState<ShownFootprint | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const look = async () => {
    const answer = await readFootprintAction({ hostId })
    setProblem(answer.ok ? null : answer.error.message)
    setFound(answer.ok ? answer.data : null)
  }
  const after = async (answer: { ok: true } | { ok: false; error: { message: string } }) => {
    if (!answer.ok) return answer.error.message
    await look()
    return null
  }
  return {
    found,
    problem,
    isPending,
    look: () => start(look),
    breakLock: async (owner: string) => after(await breakLockAction({ hostId, owner })),
    removeAll: async () => after(await removeFootprintAction({ hostId })),
  }
}
