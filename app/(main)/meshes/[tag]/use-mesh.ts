'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { MeshSeen } from '../live/mesh-seen'

/**
 * What was seen of a mesh last; a lost stream comes back by itself, and says so meanwhile. Where another change made the
 * mesh another, the page is asked for anew.
 */
export function useMesh(tag: string, changeId: number, first: MeshSeen): { seen: MeshSeen; isLive: boolean } {
  const router = useRouter()
  const [seen, setSeen] = useState(first)
  const [isLive, setIsLive] = useState(false)
  useEffect(() => {
    const source = new EventSource(`/api/meshes/${encodeURIComponent(tag)}/stream`)
    source.onmessage = (event) => {
      const next: MeshSeen = JSON.parse(event.data)
      setIsLive(true)
      if (next.changeId !== changeId) router.refresh()
      // Before its first look the poller has nothing to say.
      else if (next.at !== null || next.trouble !== null) setSeen(next)
    }
    source.onerror = () => setIsLive(false)
    return () => source.close()
  }, [tag, changeId, router])
  return { seen, isLive }
}
