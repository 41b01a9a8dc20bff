'use client'

import { type ReactNode, useState } from 'react'

/** A form behind its title, made (and its code brought) at the first opening only. */
export function Opened({ title, children }: { title: string; children: () => ReactNode }) {
  const [wasOpened, setWasOpened] = useState(false)
  return (
    <details className="opened mb-6" onToggle={(event) => event.currentTarget.open && setWasOpened(true)}>
      <summary>{title}</summary>
      {wasOpened ? children() : null}
    </details>
  )
}
