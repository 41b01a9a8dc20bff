'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useOfferedPages } from './offered-pages'
import { findPage } from './pages'

/** The phone's navigation: four pages, and the others under More together with `account`. */
export function TabBar({ account }: { account?: ReactNode }) {
  const path = usePathname() ?? '/'
  const current = findPage(path)
  const pages = useOfferedPages()
  const links = (tab: boolean) =>
    pages
      .filter((page) => page.tab === tab)
      .map(({ id, href, label, Icon }) => (
        <Link key={id} href={href} aria-current={id === current?.id ? 'page' : undefined}>
          <Icon className="ic" />
          {label}
        </Link>
      ))
  return (
    <nav className="tabbar" aria-label="Main, phone">
      {links(true)}
      {/* the key closes it when another page opens */}
      <details key={path} data-current={current && !current.tab ? '' : undefined}>
        <summary>
          <Ellipsis className="ic" />
          More
        </summary>
        <div className="tabbar-more">
          {links(false)}
          {account ? <div className="tabbar-who">{account}</div> : null}
        </div>
      </details>
    </nav>
  )
}

/** Where one is, for the phone's top bar. */
export function PhoneTitle() {
  return findPage(usePathname() ?? '/')?.label ?? 'Pollux'
}
