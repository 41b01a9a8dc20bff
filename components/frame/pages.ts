import {
  Activity,
  Archive,
  GitCommitHorizontal,
  House,
  ListChecks,
  type LucideIcon,
  Server,
  Settings2,
  Waypoints,
} from 'lucide-react'

export type PageId = 'home' | 'hosts' | 'meshes' | 'wizards' | 'changes' | 'backups' | 'activity' | 'settings'

export interface FramePage {
  id: PageId
  href: string
  label: string
  /** The second key after G. */
  key: string
  Icon: LucideIcon
  /** Has its own tab on a phone; the others lie under More. */
  tab: boolean
  /** Others would only be sent away from it. */
  adminOnly?: true
}

/** The pages of the navigation, in its order. */
export const framePages: readonly FramePage[] = [
  { id: 'home', href: '/', label: 'Home', key: 'o', Icon: House, tab: true },
  { id: 'hosts', href: '/hosts', label: 'Hosts', key: 'h', Icon: Server, tab: true },
  { id: 'meshes', href: '/meshes', label: 'Meshes', key: 'm', Icon: Waypoints, tab: false },
  { id: 'wizards', href: '/wizards', label: 'Wizards', key: 'w', Icon: ListChecks, tab: false },
  { id: 'changes', href: '/changes', label: 'Changes', key: 'c', Icon: GitCommitHorizontal, tab: true },
  { id: 'backups', href: '/backups', label: 'Backups', key: 'b', Icon: Archive, tab: true },
  { id: 'activity', href: '/activity', label: 'Activity', key: 'a', Icon: Activity, tab: false, adminOnly: true },
  { id: 'settings', href: '/settings', label: 'Settings', key: 's', Icon: Settings2, tab: false },
]

/** The page that a path belongs to: itself or anything below it. Null for a path of no page (sign-in). */
export function findPage(path: string): FramePage | null {
  return (
    framePages.find((page) =>
      page.href === '/' ? path === '/' : path === page.href || path.startsWith(`${page.href}/`),
    ) ?? null
  )
}
