'use client'

import dynamic from 'next/dynamic'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { Button } from '../base/button'

export interface MenuItem {
  id: string
  label: string
  /** Goes there, or (a server action may be passed) does it. */
  href?: string
  run?: () => void | Promise<void>
  kind?: 'danger'
  /** A line above it. */
  apart?: boolean
}

const OpenedMenu = dynamic(() => import('./opened-menu'), { ssr: false })

/** A button with a short list of what else can be done. Its code loads at the first press. `label` names it for readers. */
export function Menu({
  label,
  items,
  children,
  ...button
}: Pick<ComponentProps<typeof Button>, 'kind' | 'sm' | 'onlyIcon'> & {
  label: string
  items: readonly MenuItem[]
  children: ReactNode
}) {
  const [wasOpened, setWasOpened] = useState(false)
  if (wasOpened) {
    return (
      <OpenedMenu label={label} items={items} button={button}>
        {children}
      </OpenedMenu>
    )
  }
  return (
    <Button
      {...button}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded="false"
      onClick={() => setWasOpened(true)}
    >
      {children}
    </Button>
  )
}
