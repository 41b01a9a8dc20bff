'use client'

import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/**
 * A question that floats over the page; only before what can't be undone, and for lists such as the keys.
 * Import it lazily (`next/dynamic`): it brings its own code. Escape and the veil close it.
 */
export default function Dialog({
  open,
  onOpenChange,
  title,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  children: ReactNode
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className="float dialog" aria-describedby={undefined}>
          <Radix.Title className="dialog-title">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
