import Link from 'next/link'
import type { ReactNode } from 'react'
import { Mark } from '../base/status-mark'
import { FindButton, PaletteHost } from '../overlay/palette-host'
import { ToastHost } from '../overlay/toast'
import { GoKeys } from './go-keys'
import { Logo } from './logo'
import { NavLinks, type PageCounts } from './nav-links'
import { OfferPages } from './offered-pages'
import { PhoneTitle, TabBar } from './tab-bar'

/**
 * What stands around every page of a signed-in person: navigation, palette, reach, who, toasts.
 * `reach` is left out while there are no hosts. `account` opens under the name: theme, sign out.
 * `itemsUrl` answers with the palette's hosts, wizards and changes; it is asked at the first opening.
 */
export function AppFrame({
  counts = {},
  reach,
  user,
  account,
  itemsUrl,
  children,
}: {
  counts?: PageCounts
  reach?: { inReach: number; of: number }
  user: { name: string; role: 'viewer' | 'operator' | 'admin' }
  account?: ReactNode
  itemsUrl?: string
  children: ReactNode
}) {
  return (
    <OfferPages role={user.role}>
      <a className="skip" href="#content">
        Skip to the page
      </a>
      <header className="phone-top">
        <Link className="brand" href="/">
          <Logo />
          <PhoneTitle />
        </Link>
        <FindButton phone />
      </header>
      <div className="app">
        <nav className="side" aria-label="Main">
          <Link className="brand" href="/">
            <Logo />
            Pollux
          </Link>
          <FindButton />
          <NavLinks counts={counts} />
          <div className="side-foot">
            <Reach reach={reach} />
            <Account user={user}>{account}</Account>
          </div>
        </nav>
        <main id="content" className="page" tabIndex={-1}>
          {children}
        </main>
      </div>
      <TabBar
        account={
          <>
            <Reach reach={reach} />
            <p>
              {user.name}, {user.role}
            </p>
            {account}
          </>
        }
      />
      <GoKeys />
      <PaletteHost itemsUrl={itemsUrl} />
      <ToastHost />
    </OfferPages>
  )
}

function Reach({ reach }: { reach: { inReach: number; of: number } | undefined }) {
  if (!reach || reach.of === 0) return null
  return (
    <div className="reach">
      <Mark status={reach.inReach === reach.of ? 'ok' : 'warn'} />
      {reach.inReach} of {reach.of} {reach.of === 1 ? 'host' : 'hosts'} in reach
    </div>
  )
}

function Account({ user, children }: { user: { name: string; role: string }; children?: ReactNode }) {
  const who = `${user.name}, ${user.role}`
  if (!children) return <div>{who}</div>
  return (
    <details className="account">
      <summary>{who}</summary>
      <div className="account-menu">{children}</div>
    </details>
  )
}
