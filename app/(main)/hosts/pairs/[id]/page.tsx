import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ButtonLink } from '@/components/base/button'
import { StatusMark } from '@/components/base/status-mark'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { isAppError } from '@/lib/errors'
import { listPairHosts } from '@/lib/inventory/list-pair-hosts'
import { getPair } from '@/lib/inventory/list-pairs'
import { NotYours } from '../../[id]/host-notes'
import { PairForm } from '../pair-form'
import { offerWords, seenWords } from '../pair-words'
import { RemovePair, SwapPair } from './pair-buttons'

export const metadata = { title: 'Failover pair' }

/** One pair: what can be done about it now, what it declares, and the way out. */
export default async function PairPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageCtx('edit host notes')
  const pair = await pairOf((await params).id)
  const hosts = await listPairHosts(ctx)
  const offer = can(ctx.actor, 'plan a change') && !pair.notYours ? offerWords(pair) : null
  const seen = seenWords(pair)
  const { id: pairId, version, address, active, standby } = pair
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Hosts', href: '/hosts' },
          { label: 'Failover pairs', href: '/hosts/pairs' },
          { label: address },
        ]}
        title={address}
        actions={
          offer ? (
            <ButtonLink href={offer.href} aria-label={offer.actWhole}>
              {offer.act}
            </ButtonLink>
          ) : null
        }
      >
        Declared active on {active.name}, standby on {standby.name}.{' '}
        <StatusMark status={seen.status}>{seen.word}</StatusMark>
      </PageHead>
      {offer && offer.status !== 'info' ? (
        <div className="mb-6">
          <Note status={offer.status} title={offer.title}>
            {offer.why}
          </Note>
        </div>
      ) : null}
      {pair.notYours ? (
        <NotYours>{pair.notYours}</NotYours>
      ) : (
        <>
          <SectionHead title="What is declared" note="nothing is touched on the hosts by it" ruled />
          <div className="mt-4">
            <PairForm
              key={version}
              hosts={hosts}
              known={{ pairId, version }}
              initial={{
                address: `${address}/${pair.prefix}`,
                activeHostId: active.hostId,
                activeDevice: active.device,
                standbyHostId: standby.hostId,
                standbyDevice: standby.device,
              }}
            />
          </div>
          <section className="mt-8">
            <SectionHead title="Swap or remove" ruled />
            <p className="my-3 max-w-text text-text-2">
              Swapped, {standby.name} is the active one and {active.name} its standby: for an address that stays where
              it moved to. Either way the address stays on the host that has it.
            </p>
            <div className="flex flex-wrap gap-2">
              <SwapPair pairId={pairId} version={version} />
              <RemovePair pairId={pairId} address={address} />
            </div>
          </section>
        </>
      )}
      <KeysBar keys={[{ keys: ['G', 'H'], does: 'hosts' }]} />
    </>
  )
}

const pairOf = cache(async (pairId: string) => {
  try {
    return await getPair(await pageCtx('edit host notes'), pairId)
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') notFound()
    throw error
  }
})
