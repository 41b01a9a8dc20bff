import type { ReactNode } from 'react'
import { AppFrame } from '@/components/frame/app-frame'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { frameFigures } from '@/lib/home/frame-figures'
import { AccountMenu } from './account-menu'
import { PauseNote } from './pause-note'

/** What stands around every page of a signed-in person. */
export default async function MainLayout({ children }: { children: ReactNode }) {
  const ctx = await pageCtx('read inventory')
  const { hosts, inReach, running, waiting } = await frameFigures(ctx)
  return (
    <AppFrame
      counts={{
        hosts: { count: hosts, of: hosts === 1 ? 'host' : 'hosts' },
        changes: { count: running || waiting, of: running ? 'running' : 'waiting', running: running > 0 },
      }}
      reach={hosts > 0 ? { inReach, of: hosts } : undefined}
      user={{ name: ctx.actor.name, role: ctx.actor.role }}
      account={<AccountMenu />}
      itemsUrl="/api/palette"
    >
      <PauseNote mayResume={can(ctx.actor, 'edit settings')} />
      {children}
    </AppFrame>
  )
}
