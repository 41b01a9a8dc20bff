import type { ReactNode } from 'react'

/** Nothing there: what this is for, what was found, and one button (a second, quieter one at most). */
export function EmptyState({
  title,
  children,
  actions,
}: {
  title: ReactNode
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <section className="empty">
      <h2 className="empty-title">{title}</h2>
      <p>{children}</p>
      {actions ? <div className="empty-acts">{actions}</div> : null}
    </section>
  )
}
