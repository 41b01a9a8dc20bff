'use client'

import { usePathname } from 'next/navigation'
import { type Tab, Tabs } from '@/components/base/tabs'

/** The tabs of the settings; the open one is told from the address, also on the pages below it. */
export function SettingsTabs({ tabs }: { tabs: readonly Tab[] }) {
  const path = usePathname()
  const below = tabs.find((tab) => tab.href !== '/settings' && (path === tab.href || path.startsWith(`${tab.href}/`)))
  return <Tabs label="Settings" tabs={tabs} current={below?.href ?? '/settings'} />
}
