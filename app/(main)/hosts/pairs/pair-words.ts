import type { Status } from '@/components/base/status-mark'
import type { PairRow } from '@/lib/inventory/list-pairs'
import { offerOf, type PairOffer, type PairPlace } from '@/lib/inventory/pair-seen'

type Pair = Pick<PairRow, 'id' | 'address' | 'active' | 'standby' | 'seen'>

/** Where the address of a pair is, in one shape and a few words. */
export function seenWords({ active, standby, seen }: Pair): { status: Status; word: string } {
  if (seen === 'active') return { status: 'ok', word: `on ${active.name}` }
  if (seen === 'standby') return { status: 'warn', word: `on its standby ${standby.name}` }
  if (seen === 'both') return { status: 'bad', word: 'on both' }
  if (seen === 'neither') return { status: 'bad', word: 'on neither' }
  return { status: 'unknown', word: whyUnknown(active, standby) }
}

function whyUnknown(active: PairPlace, standby: PairPlace): string {
  const away = [active, standby].filter((place) => place.isOutOfReach)
  const last = away.find((place) => place.onDevice !== null)
  if (last) return `last on ${last.name}, out of reach since`
  if (away.length > 0) return `${away.map((place) => place.name).join(' and ')} out of reach`
  return 'not read yet'
}

/** What Pollux offers about a pair: a sentence, the button's words and where it leads. Null when nothing can be done now. */
export interface OfferWords {
  title: string
  why: string
  act: string
  /** The button alone in a table, for readers. */
  actWhole: string
  href: string
  status: 'info' | 'warn' | 'bad'
}

/** The offer of a pair in words. Its button opens the wizard with everything filled in. */
export function offerWords(pair: Pair): OfferWords | null {
  const offer = offerOf(pair)
  if (!offer) return null
  const { address, active, standby } = pair
  const href = hrefOf(pair, offer)
  if (offer.kind === 'move') {
    const isHome = pair.seen === 'active'
    const { from, to } = offer
    return {
      title: isHome
        ? `${address} is active on ${from.name}; ${to.name} is its standby`
        : `${address} runs on its standby ${from.name}`,
      why: isHome
        ? `It can move to ${to.device} of ${to.name}.`
        : `It is declared active on ${to.name} and can move back to ${to.device} there.`,
      act: isHome ? `Move it to ${to.name}` : `Move it back to ${to.name}`,
      actWhole: `Move ${address} ${isHome ? '' : 'back '}to ${to.name}`,
      href,
      status: isHome ? 'info' : 'warn',
    }
  }
  if (offer.kind === 'remove')
    return {
      title: `${address} is on ${active.name} and on ${standby.name}`,
      why: 'Only one of two hosts may have it. Neighbours reach now the one, now the other.',
      act: `Take it off ${offer.from.name}`,
      actWhole: `Take ${address} off ${offer.from.name}`,
      href,
      status: 'bad',
    }
  const { to, other } = offer
  return {
    title: other.isOutOfReach
      ? `${other.name} is out of reach, and ${to.name} does not have ${address}`
      : `${address} is on neither ${active.name} nor ${standby.name}`,
    why: other.isOutOfReach
      ? `${to.name} can take it, if nobody answers for it any more. Where ${other.name} keeps it over a boot, take it off there once it is back.`
      : `It is declared active on ${active.name}.`,
    act: `Put it on ${to.name}`,
    actWhole: `Put ${address} on ${to.name}`,
    href,
    status: 'bad',
  }
}

// A host that is out of reach is left out: the wizard would only wait for it.
function hrefOf({ id, active, standby }: Pair, offer: PairOffer): string {
  const hosts = [active, standby].filter((place) => offer.kind === 'move' || !place.isOutOfReach)
  return `/wizards/failover-ip?${hosts.map((place) => `hosts=${encodeURIComponent(place.hostId)}&`).join('')}pair=${encodeURIComponent(id)}`
}
