import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { Mark, type Status } from '../base/status-mark'

/** Needs of one urgency: Now, Soon, Waiting for your decision, Not known. Stands in `RowKeys` for J and K. */
export function NeedGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="need-group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/**
 * One thing that needs somebody. `title` says what and on which host, `children` the evidence in one or two lines,
 * `picture` a small drawing with `caption` under it, `act` the one button; `href` is where Enter leads.
 */
export function Need({
  status,
  title,
  href,
  picture,
  caption,
  act,
  children,
}: {
  status: Status
  title: ReactNode
  href: string
  picture?: ReactNode
  caption?: ReactNode
  act?: ReactNode
  children: ReactNode
}) {
  return (
    <article className="need" data-row>
      <Mark status={status} />
      <div className="need-text">
        <h3>
          <Link data-row-link href={href}>
            {title}
          </Link>
        </h3>
        <p>{children}</p>
      </div>
      <div className="need-picture">
        {picture}
        {caption ? <small className="need-caption">{caption}</small> : null}
      </div>
      <div className="need-act">{act}</div>
    </article>
  )
}
