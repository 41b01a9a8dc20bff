'use client'

import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import type { ActionResult } from '@/lib/action'

export interface DoorField {
  name: string
  label: string
  type: 'text' | 'email' | 'password'
  autoComplete: string
  help?: string
}

/** The fields that one-time links ask for. */
export const nameField: DoorField = { name: 'name', label: 'Name', type: 'text', autoComplete: 'name' }
export const newPasswordField: DoorField = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autoComplete: 'new-password',
  help: 'At least 12 characters. A sentence is a good one.',
}

/**
 * A form in front of the door. What was typed stays; what is wrong stands at its field. `onDone` goes on. `focused`: it
 * came in another's place, so the first field takes the focus.
 */
export function DoorForm<T>({
  fields,
  submit,
  send,
  onDone,
  focused = false,
  children,
}: {
  fields: readonly DoorField[]
  submit: string
  send(values: Record<string, string>): Promise<ActionResult<T>>
  onDone(values: Record<string, string>, data: T): void | Promise<void>
  focused?: boolean
  children?: ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (focused) form.current?.querySelector('input')?.focus()
  }, [focused])
  const [values, setValues] = useState<Record<string, string>>({})
  const [wrong, setWrong] = useState<{ message: string; fields: Record<string, string> } | null>(null)
  const [isPending, start] = useTransition()
  const submitted = () =>
    start(async () => {
      const all = Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? '']))
      const answer = await send(all)
      if (answer.ok) await onDone(all, answer.data)
      else setWrong({ message: answer.error.message, fields: answer.error.fields ?? {} })
    })
  const isElsewhere = wrong !== null && !fields.some((field) => wrong.fields[field.name])
  return (
    // As an action: React sends what was pressed before the page was ready, and no password gets into an address.
    <form ref={form} action={submitted} noValidate>
      {fields.map((field) => (
        <TextField
          key={field.name}
          name={field.name}
          label={field.label}
          type={field.type}
          autoComplete={field.autoComplete}
          help={field.help}
          error={wrong?.fields[field.name]}
          value={values[field.name] ?? ''}
          onChange={(event) => setValues((before) => ({ ...before, [field.name]: event.target.value }))}
        />
      ))}
      {isElsewhere ? (
        <div className="mb-4">
          <Note status="bad" title="That did not go" live>
            {wrong.message}
          </Note>
        </div>
      ) : null}
      {children}
      <Button kind="primary" type="submit" disabled={isPending} aria-busy={isPending}>
        {submit}
      </Button>
    </form>
  )
}
