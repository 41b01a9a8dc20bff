import Link from 'next/link'

export interface Tab {
  href: string
  label: string
  /** Work or things behind the tab; left out when there are none to count. */
  count?: number
}

/** Pages of one thing. `current` is the `href` of the tab that is open; `label` names the row ("Host"). */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab.href === current ? 'page' : undefined}>
          {tab.label}
          {tab.count === undefined ? null : <span className="tabs-count">{tab.count.toLocaleString('en')}</span>}
        </Link>
      ))}
    </nav>
  )
}
