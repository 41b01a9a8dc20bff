'use client'

import { useEffect, useState } from 'react'
import type { RunningPart } from '@/lib/director/live/running-state'

/** The last part of the stream; a lost stream comes back by itself, and says so meanwhile. */
export function useRunning(catalogId: string, first: RunningPart): { part: RunningPart; isLive: boolean } {
  const [part, setPart] = useState(first)
  const [isLive, setIsLive] = useState(false)
  useEffect(() => {
    const source = new EventSource(`/api/backups/${encodeURIComponent(catalogId)}/running/stream`)
    source.onmessage = (event) => {
      const next: RunningPart = JSON.parse(event.data)
      setIsLive(true)
      // Before its first look the poller has nothing to say.
      if (next.state !== null || next.trouble !== null) setPart(next)
    }
    source.onerror = () => setIsLive(false)
    return () => source.close()
  }, [catalogId])
  return { part, isLive }
}
