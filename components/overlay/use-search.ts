'use client'

import { useEffect, useState } from 'react'
import { type PaletteItem, readPaletteItems } from './palette-items'

/** Typing goes on for so long before anybody is asked. */
const pauseMs = 250

/** What a search finds: asked once typing pauses, and no more as soon as it goes on. `silent` names who did not answer. */
export function useSearch(typed: string, searchUrl: string | undefined) {
  const [found, setFound] = useState<{ items: readonly PaletteItem[]; silent: readonly string[] }>(nothing)
  const text = typed.trim()
  useEffect(() => {
    setFound(nothing)
    if (!searchUrl || (text.length < 2 && !/^\d$/.test(text))) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      fetch(`${searchUrl}?q=${encodeURIComponent(text)}`, { signal: stop.signal })
        .then((answer) => (answer.ok ? answer.json() : null))
        .then((answer: unknown) => setFound(readAnswer(answer)))
        .catch(() => undefined)
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, searchUrl])
  return found
}

const nothing = { items: [], silent: [] } as const

function readAnswer(answer: unknown) {
  if (typeof answer !== 'object' || answer === null || !('items' in answer)) return nothing
  const silent = 'silent' in answer && Array.isArray(answer.silent) ? answer.silent.map(String) : []
  return { items: readPaletteItems(answer.items), silent }
}
