'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '../base/button'
import { SubmitButton } from '../base/submit-button'
import { TextField } from '../form/text-field'
import Dialog from './dialog'
import type { TypeToConfirmProps } from './type-to-confirm'

/** The question behind `TypeToConfirm`. The button works only once the name stands in the field. */
export default function TypeToConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  name,
  confirm,
  keep = 'Keep it',
  hidden = {},
  action,
}: TypeToConfirmProps & { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const [isPending, start] = useTransition()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    start(async () => {
      const result = await action(data)
      setError(result?.error)
      if (!result) onOpenChange(false)
    })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title}>
      <div className="dialog-body">{children}</div>
      <form onSubmit={send}>
        {Object.entries(hidden).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <TextField
          label={
            <>
              Type <b>{name}</b> to go on
            </>
          }
          name="typed"
          wide
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={error}
          spellCheck={false}
        />
        <div className="dialog-acts">
          <Button onClick={() => onOpenChange(false)}>{keep}</Button>
          <SubmitButton kind="danger" disabled={typed.trim() !== name} pending={isPending}>
            {confirm}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  )
}
