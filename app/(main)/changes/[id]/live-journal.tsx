'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Journal } from '@/components/change/journal'
import type { JournalLine } from '@/components/change/journal-line'
import { settledLines } from '@/lib/changes/journal-text'

interface Part {
  lines: (JournalLine & { about: string | null })[]
  rest: string
  isOpen: boolean
}

interface Props {
  changeId: number
  /** The last lines, and how many stand before them. */
  first: Part & { earlier: number }
  hosts: readonly string[]
}

/**
 * The journal, and the page kept true while the change is open: lines are added as they come, and whatever else
 * changed (board, proof, outcome) is rendered anew by the server. A lost stream is taken up after the last line seen.
 */
export function LiveJournal({ changeId, first, hosts }: Props) {
  const router = useRouter()
  const [lines, setLines] = useState(first.lines)
  const rest = useRef(first.rest)
  const last = useRef(first.lines.at(-1)?.id ?? 0)
  const { isOpen } = first

  useEffect(() => {
    if (!isOpen) return
    const source = new EventSource(`/api/changes/${changeId}/stream?after=${last.current}`)
    source.onmessage = (event) => {
      const part: Part = JSON.parse(event.data)
      const fresh = part.lines.filter((line) => Number(line.id) > Number(last.current))
      last.current = fresh.at(-1)?.id ?? last.current
      if (fresh.length > 0) setLines((before) => [...before, ...fresh])
      if (part.rest !== rest.current) {
        rest.current = part.rest
        router.refresh()
      }
      if (!part.isOpen) source.close()
    }
    return () => source.close()
  }, [changeId, isOpen, router])

  return (
    <Journal
      lines={settledLines(lines)}
      hosts={hosts}
      live={isOpen}
      saveHref={`/api/changes/${changeId}/journal`}
      kept={first.earlier}
    />
  )
}
