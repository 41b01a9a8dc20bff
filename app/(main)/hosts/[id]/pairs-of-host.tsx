import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { can } from '@/lib/auth/rights'
import type { PairRow } from '@/lib/inventory/list-pairs'
import { PairsTable } from '../pairs/pairs-table'
import type { HostOfPage } from './host-of'

/** The failover pairs in which the host is one; without any, where one is declared. */
export function PairsOfHost({ of: { ctx, host, mayDescribe }, pairs }: { of: HostOfPage; pairs: readonly PairRow[] }) {
  if (pairs.length === 0 && !mayDescribe) return null
  return (
    <section className="mb-8 min-w-0">
      <SectionHead
        title="Failover pairs"
        note={pairs.length > 0 ? pairs.length : null}
        ruled={pairs.length === 0}
        right={mayDescribe ? <LinkText href={`/hosts/pairs/new?active=${host.id}`}>Declare a pair</LinkText> : null}
      />
      {pairs.length === 0 ? (
        <p className="py-2 text-text-2">None. {host.name} stands in for no other host, and none for it.</p>
      ) : (
        <PairsTable pairs={pairs} mayEdit={mayDescribe} mayPlan={can(ctx.actor, 'plan a change')} here={host.id} />
      )}
    </section>
  )
}
