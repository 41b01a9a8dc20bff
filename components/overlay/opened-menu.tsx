'use client'

import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { type ComponentProps, Fragment, type ReactNode } from 'react'
import { Button } from '../base/button'
import type { MenuItem } from './menu'

/** The same button with its list, open at once because it was just pressed. */
export default function OpenedMenu({
  label,
  items,
  button,
  children,
}: {
  label: string
  items: readonly MenuItem[]
  button: Pick<ComponentProps<typeof Button>, 'kind' | 'sm' | 'onlyIcon'>
  children: ReactNode
}) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button {...button} aria-label={label}>
          {children}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="float menu" align="end" sideOffset={6}>
          {items.map((item) => (
            <Fragment key={item.id}>
              {item.apart ? <DropdownMenu.Separator className="menu-line" /> : null}
              <Item item={item} />
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Item({ item }: { item: MenuItem }) {
  const { href } = item
  if (href) {
    return (
      <DropdownMenu.Item className="menu-item" data-kind={item.kind} asChild>
        <Link href={href}>{item.label}</Link>
      </DropdownMenu.Item>
    )
  }
  return (
    <DropdownMenu.Item className="menu-item" data-kind={item.kind} onSelect={() => void item.run?.()}>
      {item.label}
    </DropdownMenu.Item>
  )
}
