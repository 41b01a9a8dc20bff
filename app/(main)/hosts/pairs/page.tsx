import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { listPairs, type PairRow } from '@/lib/inventory/list-pairs'
import { PairsTable } from './pairs-table'

export const metadata = { title: 'Failover pairs' }

const crumbs = [{ label: 'Hosts', href: '/hosts' }, { label: 'Failover pairs' }]

/** Every pair: what is declared, and beside it where the address is. */
export default async function PairsPage() {
  const ctx = await pageCtx('read inventory')
  const pairs = await listPairs(ctx)
  const mayEdit = can(ctx.actor, 'edit host notes')
  const declare = mayEdit ? (
    <ButtonLink kind={pairs.length === 0 ? 'primary' : undefined} href="/hosts/pairs/new">
      Declare a pair
    </ButtonLink>
  ) : null
  return (
    <>
      <PageHead crumbs={crumbs} title={titleOf(pairs)} actions={pairs.length > 0 ? declare : null}>
        {pairs.length > 0
          ? 'Declared is where an address belongs; seen is where it was when its hosts were read.'
          : null}
      </PageHead>
      {pairs.length === 0 ? (
        <EmptyState title="No pair is declared" actions={declare}>
          A pair says on which of two hosts a failover IP belongs and which one stands in for it. Its move is then
          offered filled in, and Pollux says when the address is elsewhere.
        </EmptyState>
      ) : (
        <PairsTable pairs={pairs} mayEdit={mayEdit} mayPlan={can(ctx.actor, 'plan a change')} />
      )}
      <KeysBar
        keys={[...(pairs.length > 0 ? [{ keys: ['J', 'K'], does: 'move' }] : []), { keys: ['G', 'H'], does: 'hosts' }]}
      />
    </>
  )
}

function titleOf(pairs: readonly PairRow[]): string {
  const count = (seen: readonly PairRow['seen'][]) => pairs.filter((pair) => seen.includes(pair.seen)).length
  const lost = count(['both', 'neither'])
  const away = count(['standby'])
  if (pairs.length === 0) return 'Failover pairs'
  if (lost > 0) return lost === 1 ? '1 failover IP is not on one host' : `${lost} failover IPs are not on one host`
  if (away > 0) return away === 1 ? '1 failover IP runs on its standby' : `${away} failover IPs run on their standbys`
  if (count(['unknown']) > 0) return pairs.length === 1 ? '1 failover pair' : `${pairs.length} failover pairs`
  return pairs.length === 1
    ? 'The failover IP is where it belongs'
    : `All ${pairs.length} failover IPs are where they belong`
}
