'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '../base/button'
import { Note } from '../show/finding'

const Dialog = dynamic(() => import('./dialog'), { ssr: false })

/**
 * A button that asks before what can't be undone, and says in the question's place what went wrong. It warns of danger
 * unless told that nothing is lost by it.
 */
export function AskFirst({
  trigger,
  title,
  children,
  confirm,
  keep,
  harmless = false,
  action,
}: {
  /** The button that asks: "Break the lock". */
  trigger: ReactNode
  title: string
  /** What goes and what stays. */
  children: ReactNode
  /** The verb with its object. */
  confirm: string
  keep: string
  harmless?: boolean
  /** Nothing when it did what it says, a sentence when it did not. */
  action: () => Promise<string | null>
}) {
  const [isOpen, setIsOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const open = () => {
    setWasOpened(true)
    setProblem(null)
    setIsOpen(true)
  }
  const press = () =>
    start(async () => {
      const said = await action()
      setProblem(said)
      if (said === null) setIsOpen(false)
    })
  return (
    <>
      <Button kind={harmless ? 'plain' : 'danger'} aria-haspopup="dialog" onClick={open}>
        {trigger}
      </Button>
      {wasOpened ? (
        <Dialog open={isOpen} onOpenChange={setIsOpen} title={title}>
          <div className="dialog-body">{children}</div>
          {problem ? (
            <div className="mb-3">
              <Note status="bad" title="That did not go" live>
                {problem}
              </Note>
            </div>
          ) : null}
          <div className="dialog-acts">
            <Button onClick={() => setIsOpen(false)}>{keep}</Button>
            <Button kind={harmless ? 'primary' : 'danger'} onClick={press} disabled={isPending} aria-busy={isPending}>
              {confirm}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
