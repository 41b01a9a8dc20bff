import { wizards } from '@/agents/registry'
import type { PaletteItem } from '@/components/overlay/palette-items'
import type { Ctx } from '@/lib/auth/actor'
import { can, type Right } from '@/lib/auth/rights'
import { listFindable } from '@/lib/home/list-findable'

/** What the palette offers to this person beyond the pages of the navigation: hosts, wizards, changes, pages and deeds by right. */
export async function paletteItems(ctx: Ctx): Promise<PaletteItem[]> {
  const { hosts, changes } = await listFindable(ctx)
  return [
    ...hosts.map(({ id, name }) => go('host', `/hosts/${id}`, name, 'host')),
    ...(can(ctx.actor, 'plan a change')
      ? wizards.map((agent) => go('wizard', `/wizards/${agent.id}`, agent.title, 'wizard'))
      : []),
    ...changes.map((row) => go('change', `/changes/${row.id}`, row.title, `#${row.id}, ${row.outcome ?? row.state}`)),
    ...byRight.filter(({ right }) => can(ctx.actor, right)).map(({ item }) => item),
  ]
}

const byRight: readonly { right: Right; item: PaletteItem }[] = [
  { right: 'manage users', item: go('page', '/settings/users', 'Users', 'settings') },
  { right: 'read inventory', item: go('page', '/settings/tokens', 'API tokens', 'settings') },
  { right: 'use credentials', item: go('page', '/settings/credentials', 'Credentials', 'settings') },
  { right: 'read inventory', item: go('page', '/hosts/pairs', 'Failover pairs', 'hosts') },
  { right: 'edit host identity', item: deed('/hosts/new', 'Add a host') },
  { right: 'edit host identity', item: deed('/hosts/many', 'Add many hosts') },
  { right: 'edit host notes', item: deed('/hosts/pairs/new', 'Declare a failover pair') },
  { right: 'use credentials', item: deed('/settings/credentials/new', 'Add a credential') },
  { right: 'manage users', item: deed('/settings/users', 'Invite a user') },
]

function go(kind: PaletteItem['kind'], href: string, label: string, hint: string): PaletteItem {
  return { id: `${kind} ${href}`, group: 'go', kind, label, hint, href }
}

function deed(href: string, label: string): PaletteItem {
  return { id: `do ${label}`, group: 'do', kind: 'do', label, href }
}
