'use client'

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useKeys } from './use-keys'

/**
 * J and K move between the rows inside: elements marked `data-row`, each with a link marked `data-row-link` or a box.
 * The row's link gets the focus, so that Enter opens it and readers hear it; X ticks its box.
 */
export function RowKeys({ className, children }: { className?: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const move = (by: 1 | -1) => {
    const rows = [...(ref.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const now = rows.findIndex((row) => row.contains(document.activeElement))
    const next = now === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + by))
    const row = rows[next]
    const link = row?.querySelector<HTMLElement>('[data-row-link]')
    const stop = link ?? row?.querySelector<HTMLElement>('input, a, button')
    stop?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
  const tick = () => {
    const row = document.activeElement?.closest('[data-row]')
    if (row && ref.current?.contains(row)) row.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click()
  }
  useKeys({ j: () => move(1), k: () => move(-1), x: tick })
  /** Enter on a row's box opens the row; left alone, it would send the form that the box stands in. */
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    event.target.closest('[data-row]')?.querySelector<HTMLElement>('[data-row-link]')?.click()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only guards the boxes inside
    <div ref={ref} className={className} onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}
