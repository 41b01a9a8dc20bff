'use client'

import { useEffect, useRef, useState } from 'react'
import { keepDraftAction } from './actions'

/** Keeps a wizard's form half a second after its last change; returns the sentence that says so. */
export function useKeptDraft(wizard: string, wish: unknown): string {
  const [said, setSaid] = useState('Nothing is touched before you approve the plan.')
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const timer = setTimeout(async () => {
      const kept = await keepDraftAction({ wizard, data: JSON.stringify(wish) })
      setSaid(kept.ok ? 'The draft is kept.' : `The draft could not be kept: ${kept.error.message}`)
    }, 500)
    return () => clearTimeout(timer)
  }, [wizard, wish])
  return said
}
