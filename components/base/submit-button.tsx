'use client'

import type { ComponentProps, ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from './button'
import { Mark } from './status-mark'

/**
 * Sends its form. While the action runs it says so and takes no second press, but keeps the focus.
 * `pending` (from useActionState) counts too, for forms that call their action themselves.
 */
export function SubmitButton({
  pending = false,
  pendingText,
  children,
  onClick,
  ...rest
}: Omit<ComponentProps<typeof Button>, 'type'> & { pending?: boolean; pendingText?: ReactNode }) {
  const status = useFormStatus()
  const busy = pending || status.pending
  // Of several buttons in one form only the pressed one says that it is at it.
  const isPressed = pending || typeof rest.formAction !== 'function' || status.action === rest.formAction
  return (
    <Button
      type="submit"
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      {...rest}
    >
      {busy && isPressed ? <Mark status="running" /> : null}
      {busy && isPressed ? (pendingText ?? children) : children}
    </Button>
  )
}
