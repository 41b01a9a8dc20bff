'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Mark } from '../base/status-mark'
import { useOfferedPages } from './offered-pages'
import { findPage, type PageId } from './pages'

/** What stands behind a page's name: a count where it means work, and whether something runs there. */
export interface PageCount {
  count: number
  running?: boolean
  /** What is counted, for readers: "need you", "hosts", "running". */
  of: string
}
export type PageCounts = Partial<Record<PageId, PageCount>>

/** The pages at the side. The open one is told from the address. */
export function NavLinks({ counts }: { counts: PageCounts }) {
  const current = findPage(usePathname() ?? '/')
  const pages = useOfferedPages()
  return (
    <div className="nav">
      {pages.map(({ id, href, label, Icon }) => (
        <Link key={id} href={href} aria-current={id === current?.id ? 'page' : undefined}>
          <Icon className="ic" />
          {label}
          <Count page={counts[id]} />
        </Link>
      ))}
    </div>
  )
}

function Count({ page }: { page: PageCount | undefined }) {
  if (!page || page.count === 0) return null
  return (
    <span className="nav-count">
      {page.running ? <Mark status="running" /> : null}
      {page.count.toLocaleString('en')}
      <span className="sr-only"> {page.of}</span>
    </span>
  )
}
