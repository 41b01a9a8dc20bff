import { ButtonLink } from '@/components/base/button'
import { EmptyState } from '@/components/show/empty-state'
import { listHostChanges } from '@/lib/inventory/list-host-changes'
import { ChangeLines } from '../change-lines'
import { HostFrame } from '../host-frame'
import { hostOf } from '../host-of'

export const metadata = { title: 'Changes of a host' }

/** Everything that was asked of the host through Pollux, the newest first. */
export default async function HostChangesPage({ params }: { params: Promise<{ id: string }> }) {
  const of = await hostOf((await params).id)
  const changes = await listHostChanges(of.ctx, of.host.id)
  return (
    <HostFrame of={of} tab="changes">
      {changes.length === 0 ? (
        <EmptyState
          title="No change yet"
          actions={of.mayRead ? <ButtonLink href={`/wizards?host=${of.host.id}`}>Start a wizard</ButtonLink> : null}
        >
          A wizard plans a change, shows it, applies it and proves it. It then stands here with its way back.
        </EmptyState>
      ) : (
        <ChangeLines changes={changes} />
      )}
    </HostFrame>
  )
}
