import { KeysBar } from '@/components/frame/keys-bar'
import { EmptyState } from '@/components/show/empty-state'

/** What was asked for is not in the catalog: pruned or deleted meanwhile, or a wrong address. */
export default function NotInCatalog() {
  return (
    <>
      <EmptyState title="This is not in the catalog">
        The director prunes jobs and volumes from its catalog when their retention is over, and people delete them. Or
        the address is not complete.
      </EmptyState>
      <KeysBar keys={[{ keys: ['G', 'B'], does: 'backups' }]} />
    </>
  )
}
