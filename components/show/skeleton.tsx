import type { ReactNode } from 'react'

const widths = ['100%', '80%', '64%', '92%', '56%']

/** What stands in a thing's place for the moment until it is here. Readers hear "Loading" once. */
export function Skeleton({ children }: { children: ReactNode }) {
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">Loading</span>
      <div aria-hidden="true">{children}</div>
    </div>
  )
}

/** One line of text to come; `width` as CSS. */
export function SkeletonLine({ width = '100%' }: { width?: string }) {
  return <i className="sk" style={{ width }} />
}

/** A table to come, with as many rows as are expected. */
export function SkeletonTable({ rows = 6 }: { rows?: number }) {
  return (
    <Skeleton>
      <SkeletonRows rows={rows} />
    </Skeleton>
  )
}

/** A page to come: its head and a table. For `loading.tsx`. */
export function SkeletonPage({ rows = 8 }: { rows?: number }) {
  return (
    <Skeleton>
      <div className="grid gap-3 pt-6 pb-8">
        <SkeletonLine width="220px" />
        <SkeletonLine width="380px" />
      </div>
      <SkeletonRows rows={rows} />
    </Skeleton>
  )
}

function SkeletonRows({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
    <div key={row} className="sk-row">
      {[0, 1, 2, 3, 4].map((cell) => (
        <SkeletonLine key={cell} width={cell === 0 || cell === 4 ? '100%' : widths[(row + cell) % widths.length]} />
      ))}
    </div>
  ))
}
