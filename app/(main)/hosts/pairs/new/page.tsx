import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { listPairHosts } from '@/lib/inventory/list-pair-hosts'
import { PairForm } from '../pair-form'

export const metadata = { title: 'Declare a failover pair' }

/** `?active=HOST` chooses the active one beforehand. */
export default async function NewPairPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('edit host notes')
  const hosts = await listPairHosts(ctx)
  const { active: asked } = await searchParams
  const active = hosts.find((host) => host.id === asked)
  const standby = active && hosts.length === 2 ? hosts.find((host) => host !== active) : undefined
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Hosts', href: '/hosts' },
          { label: 'Failover pairs', href: '/hosts/pairs' },
          { label: 'Declare' },
        ]}
        title="Declare a failover pair"
      >
        Nothing is touched on the hosts. Moving the address is a change of its own, planned and approved.
      </PageHead>
      {hosts.length < 2 ? (
        <EmptyState
          title="A pair takes two hosts"
          actions={can(ctx.actor, 'edit host identity') ? <ButtonLink href="/hosts/new">Add a host</ButtonLink> : null}
        >
          {hosts.length === 0 ? 'The inventory has none yet.' : 'The inventory has one so far.'}
        </EmptyState>
      ) : (
        <PairForm
          hosts={hosts}
          known={null}
          initial={{
            address: '',
            activeHostId: active?.id ?? '',
            activeDevice: active?.devices[0] ?? '',
            standbyHostId: standby?.id ?? '',
            standbyDevice: standby?.devices[0] ?? '',
          }}
        />
      )}
      <KeysBar keys={[{ keys: ['G', 'H'], does: 'hosts' }]} />
    </>
  )
}
