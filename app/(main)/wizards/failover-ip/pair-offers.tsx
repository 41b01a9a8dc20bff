import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { listPairs, type PairRow } from '@/lib/inventory/list-pairs'
import { offerOf } from '@/lib/inventory/pair-seen'
import { offerWords } from '../../hosts/pairs/pair-words'
import { whyNotFilled } from './pair-wish'
import type { HostAddresses } from './wish'

/** What the declared pairs offer, before any host is chosen. */
export async function PairOffers({ ctx }: { ctx: Ctx }) {
  const pairs = await listPairs(ctx)
  if (pairs.length > 0) return <PairLines pairs={pairs} />
  return (
    <p className="mb-6 max-w-text text-text-2">
      Does one host stand in for another? <LinkText href="/hosts/pairs/new">Declare a pair</LinkText>, and its move is
      filled in for you.
    </p>
  )
}

/** Pairs with the one thing that can be done about each; nothing at all when there are none. */
export function PairLines({ pairs }: { pairs: readonly PairRow[] }) {
  const offers = pairs.flatMap((pair) => {
    const words = offerWords(pair)
    return words ? [{ pair, words }] : []
  })
  if (offers.length === 0) return null
  return (
    <section className="mb-6" aria-label="Failover pairs">
      <SectionHead title="Failover pairs" right={<LinkText href="/hosts/pairs">All</LinkText>} ruled />
      <ul>
        {offers.map(({ pair, words }) => (
          <li key={pair.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line py-2">
            <Mark status={words.status} className="mt-1" />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{words.title}</p>
              <p className="text-12 text-text-3">{words.why}</p>
            </div>
            <ButtonLink sm href={words.href} aria-label={words.actWhole}>
              {words.act}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Says for which pair the form is filled in, and what could not be. */
export function AskedPair({ pair, hosts }: { pair: PairRow; hosts: readonly HostAddresses[] }) {
  const problem = whyNotFilled(hosts, pair)
  return (
    <div className="mb-6">
      <Note
        status={problem ? 'warn' : 'info'}
        title={problem ? `Not all is filled in for the pair of ${pair.address}` : `Filled in below: ${deedOf(pair)}`}
      >
        {problem ?? 'As the pair declares it, and as both were read just now. Nothing is touched before you approve.'}
      </Note>
    </div>
  )
}

function deedOf(pair: PairRow): string {
  const offer = offerOf(pair)
  if (offer?.kind === 'move') return `${pair.address} moves from ${offer.from.name} to ${offer.to.name}`
  if (offer?.kind === 'remove') return `${pair.address} goes off ${offer.from.name}`
  return `${pair.address} goes on ${offer?.to.name ?? ''}`
}
