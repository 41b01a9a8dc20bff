'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { Button } from '../base/button'

const Question = dynamic(() => import('./type-to-confirm-dialog'), { ssr: false })

/** How the deed went: nothing when it did what it says, a sentence when it did not. */
export type ConfirmResult = { error: string } | undefined

export interface TypeToConfirmProps {
  /** The button that asks: "Remove zebulon…". */
  trigger: ReactNode
  title: string
  /** What goes and what stays. */
  children: ReactNode
  /** What has to be typed, letter by letter: the thing's own name. */
  name: string
  /** The verb with its object: "Remove zebulon". */
  confirm: string
  keep?: string
  /** Sent with the form's data: the id of the thing. */
  hidden?: Readonly<Record<string, string>>
  /** A server action. It gets the hidden values and what was typed as `typed`; it checks both again. */
  action: (data: FormData) => Promise<ConfirmResult>
}

/** A danger button that asks before what can't be undone, by having the name typed. */
export function TypeToConfirm(props: TypeToConfirmProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const open = () => {
    setWasOpened(true)
    setIsOpen(true)
  }
  return (
    <>
      <Button kind="danger" aria-haspopup="dialog" onClick={open}>
        {props.trigger}
      </Button>
      {wasOpened ? <Question {...props} open={isOpen} onOpenChange={setIsOpen} /> : null}
    </>
  )
}
