import { type ReactNode, useId } from 'react'
import { SectionHead } from '../frame/page-head'

/** How a change is taken back, in words, before, while and after it; `action` is the button that does it, if it can be done now. */
export function Undo({
  title = 'Undo',
  action,
  children,
}: {
  title?: string
  action?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className="mt-6" aria-labelledby={id}>
      <SectionHead id={id} title={title} />
      <div className="undo-text">{children}</div>
      {action ? <div className="mt-3">{action}</div> : null}
    </section>
  )
}
