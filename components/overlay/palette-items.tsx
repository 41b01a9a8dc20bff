'use client'

import { useEffect } from 'react'

/** One line of the palette. `href` goes there; `run` (a server action may be passed) does it and says how it went. */
export interface PaletteItem {
  id: string
  group: 'go' | 'do' | 'backups'
  kind: 'page' | 'host' | 'wizard' | 'change' | 'do' | 'volume' | 'job' | 'client'
  label: string
  /** Paler, at the end: "host", "#148, running". */
  hint?: string
  href?: string
  run?: () => void | Promise<void>
}

/** What the pages that are open offer; the palette reads it when it opens. */
const offered = new Set<readonly PaletteItem[]>()

export function offeredItems(): readonly PaletteItem[] {
  return [...offered].flat()
}

/** Offers the page's own deeds ("Read pollux again") in the palette while the page is open. Shows nothing. */
export function PaletteItems({ items }: { items: readonly PaletteItem[] }) {
  useEffect(() => {
    offered.add(items)
    return () => {
      offered.delete(items)
    }
  }, [items])
  return null
}

const groups: readonly unknown[] = ['go', 'do', 'backups']
const kinds: readonly unknown[] = ['page', 'host', 'wizard', 'change', 'do', 'volume', 'job', 'client']

/** Keeps of an answer what is a palette item with an address inside this site; the rest is dropped. */
export function readPaletteItems(answer: unknown): PaletteItem[] {
  return Array.isArray(answer) ? answer.filter(isLinkItem) : []
}

function isLinkItem(value: unknown): value is PaletteItem {
  if (typeof value !== 'object' || value === null) return false
  const item: Partial<Record<keyof PaletteItem, unknown>> = value
  const isInside = typeof item.href === 'string' && /^\/(?![/\\])/.test(item.href)
  const isNamed = typeof item.id === 'string' && typeof item.label === 'string'
  const hasHint = item.hint === undefined || typeof item.hint === 'string'
  const isSorted = groups.includes(item.group) && kinds.includes(item.kind)
  return isInside && isNamed && hasHint && isSorted && item.run === undefined
}
