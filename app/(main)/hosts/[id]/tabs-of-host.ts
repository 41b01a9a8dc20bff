import type { Tab } from '@/components/base/tabs'
import type { HostDetail } from '@/lib/inventory/get-host'

/** The tabs of a host's page; a count stands only where there is something behind it. */
export function hostTabs({ id, changeCount }: Pick<HostDetail, 'id' | 'changeCount'>): Tab[] {
  const to = (part: string) => `/hosts/${id}/${part}`
  return [
    { href: `/hosts/${id}`, label: 'Overview' },
    { href: to('services'), label: 'Services' },
    { href: to('storage'), label: 'Storage' },
    { href: to('network'), label: 'Network' },
    { href: to('changes'), label: 'Changes', count: changeCount > 0 ? changeCount : undefined },
    { href: to('access'), label: 'Access' },
  ]
}
