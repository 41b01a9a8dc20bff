'use client'

import { useEffect, useRef, useState } from 'react'
import { keepDraftAction } from './actions'

/** Keeps a wizard's form half a second after its last change, or when it is left; returns the sentence that says so. */
export function useKeptDraft(wizard: string, wish: unknown): string {
  const [said, setSaid] = useState('Nothing is touched before you approve the plan.')
  const isFirst = useRef(true)
  const unkept = useRef<string | null>(null)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const data = JSON.stringify(wish)
    unkept.current = data
    const timer = setTimeout(async () => {
      unkept.current = null
      const kept = await keepDraftAction({ wizard, data })
      setSaid(kept.ok ? 'The draft is kept.' : `The draft could not be kept: ${kept.error.message}`)
    }, 500)
    return () => clearTimeout(timer)
  }, [wizard, wish])
  useEffect(
    () => () => {
      if (unkept.current !== null) void keepDraftAction({ wizard, data: unkept.current })
    },
    [wizard],
  )
  return said
}
