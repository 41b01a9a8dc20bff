import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export interface Crumb {
  label: ReactNode
  /** Left out for the page that is open. */
  href?: string
}

/**
 * The head of a page: where one is, how old the figures are, how things are, what can be done.
 * `title` says how things are where it can ("7 things need you today"); `children` is one sentence of figures;
 * `age` is a `RelativeTime` in words, with "Read again" where there is one; `marks` are tags behind the crumbs.
 */
export function PageHead({
  crumbs = [],
  marks,
  age,
  title,
  children,
  actions,
}: {
  crumbs?: readonly Crumb[]
  marks?: ReactNode
  age?: ReactNode
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  const hasCrumbs = crumbs.length > 0 || marks || age
  return (
    <header>
      {hasCrumbs ? (
        <div className="crumbs">
          {crumbs.length > 0 ? (
            <nav aria-label="Where this is">
              <ol>
                {crumbs.map((crumb, index) => (
                  <li key={crumb.href ?? 'here'}>
                    {index > 0 ? <ChevronRight className="ic" /> : null}
                    {crumb.href ? <Link href={crumb.href}>{crumb.label}</Link> : <span>{crumb.label}</span>}
                  </li>
                ))}
              </ol>
            </nav>
          ) : null}
          {marks}
          {age ? <div className="crumbs-age">{age}</div> : null}
        </div>
      ) : null}
      <div className="head">
        <div>
          <h1>{title}</h1>
          {children ? <p>{children}</p> : null}
        </div>
        {actions ? <div className="head-acts">{actions}</div> : null}
      </div>
    </header>
  )
}

/** The head of a section: title, a paler note behind it, and links or marks at the right. `ruled` draws the line below. */
export function SectionHead({
  title,
  note,
  right,
  ruled = false,
  id,
}: {
  title: ReactNode
  note?: ReactNode
  right?: ReactNode
  ruled?: boolean
  id?: string
}) {
  return (
    <div className={ruled ? 'section-head section-ruled' : 'section-head'}>
      <h2 id={id}>{title}</h2>
      {note ? <span className="section-note">{note}</span> : null}
      {right ? <div className="section-right">{right}</div> : null}
    </div>
  )
}
