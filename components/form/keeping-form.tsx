'use client'

import { type ComponentProps, startTransition } from 'react'

/**
 * A form for a server action (best with useActionState) that loses nothing typed: React empties a form after its
 * action, this one is sent by hand and stays. Without a script it is a plain form with the same action.
 * A pressed submit button's own name and value are sent too.
 */
export function KeepingForm({
  action,
  ...rest
}: Omit<ComponentProps<'form'>, 'action' | 'onSubmit'> & { action: (data: FormData) => void | Promise<void> }) {
  return (
    <form
      action={action}
      onSubmit={(event) => {
        event.preventDefault()
        const { submitter } = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : { submitter: null }
        const data = new FormData(event.currentTarget, submitter)
        startTransition(() => action(data))
      }}
      {...rest}
    />
  )
}
