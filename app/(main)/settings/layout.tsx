import type { ReactNode } from 'react'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { SettingsTabs } from './settings-tabs'

/** The parts of the settings that the role may see; with one part alone there is nothing to choose. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageCtx()
  const tabs = [
    { href: '/settings', label: 'You' },
    { href: '/settings/tokens', label: 'API tokens' },
    ...(can(actor, 'manage users') ? [{ href: '/settings/users', label: 'Users' }] : []),
    ...(can(actor, 'use credentials') ? [{ href: '/settings/credentials', label: 'Credentials' }] : []),
    ...(can(actor, 'edit catalogs') ? [{ href: '/settings/catalogs', label: 'Catalogs' }] : []),
    ...(can(actor, 'edit settings') ? [{ href: '/settings/tags', label: 'Tags' }] : []),
    ...(can(actor, 'edit settings') ? [{ href: '/settings/metrics', label: 'Metrics' }] : []),
    ...(can(actor, 'edit settings') ? [{ href: '/settings/record', label: 'Record' }] : []),
    ...(can(actor, 'edit settings') ? [{ href: '/settings/connection', label: 'Connection' }] : []),
  ]
  return (
    <>
      {tabs.length > 1 ? <SettingsTabs tabs={tabs} /> : null}
      {children}
    </>
  )
}
