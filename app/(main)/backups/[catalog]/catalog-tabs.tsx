'use client'

import { usePathname, useRouter } from 'next/navigation'
import { type Tab, Tabs } from '@/components/base/tabs'
import { useKeys } from '@/components/keys/use-keys'

/** The tabs of a catalog; the open one is told from the address, also on the pages below it. Digits open them. */
export function CatalogTabs({ tabs }: { tabs: readonly Tab[] }) {
  const path = usePathname() ?? ''
  const router = useRouter()
  useKeys(Object.fromEntries(tabs.map(({ href }, at) => [String(at + 1), () => router.push(href)])))
  const below = tabs.slice(1).find(({ href }) => path === href || path.startsWith(`${href}/`))
  return <Tabs label="Catalog" tabs={tabs} current={below?.href ?? tabs[0]?.href ?? ''} />
}
