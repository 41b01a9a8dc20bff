import type { PairRow } from '@/lib/inventory/list-pairs'
import { offerOf, type PairOffer, type PairPlace, seenOf } from '@/lib/inventory/pair-seen'
import { firstWish, type HostAddresses, sourcesOf, targetsOf, type Wish } from './wish'

/** A pair with what the wizard has just read of its hosts in the place of what was stored. */
export function asReadNow(
  pair: PairRow,
  readings: readonly { hostId: string; problem: string | null }[],
  hosts: readonly HostAddresses[],
): PairRow {
  const fresh = (place: PairPlace): PairPlace => {
    const reading = readings.find((one) => one.hostId === place.hostId)
    if (!reading) return place
    const host = hosts.find((one) => one.hostId === place.hostId)
    if (!host) return { ...place, holds: null, isOutOfReach: true }
    const onDevice = host.devices.find((device) => device.addresses.some((one) => isOf(one.cidr, pair)))?.name ?? null
    return { ...place, holds: onDevice !== null, onDevice, readAt: Date.now(), isOutOfReach: false }
  }
  const places = { active: fresh(pair.active), standby: fresh(pair.standby) }
  return { ...pair, ...places, seen: seenOf(places) }
}

/** The form filled in with what the pair offers, as far as it fits what was read. */
export function wishOfPair(hosts: readonly HostAddresses[], pair: PairRow): Wish {
  const empty = firstWish(hosts, null)
  const offer = offerOf(pair)
  if (!offer) return empty
  const from = offer.kind === 'add' ? undefined : sourceOf(hosts, pair, offer.from)
  const to = offer.kind === 'remove' ? undefined : targetOf(hosts, offer.to)
  // Half of it filled in would be another address's move.
  if ((offer.kind !== 'add' && !from) || (offer.kind !== 'remove' && !to)) return empty
  return {
    ...empty,
    operation: offer.kind,
    address: offer.kind === 'add' ? `${pair.address}/${pair.prefix}` : '',
    from: from?.key ?? empty.from,
    to: to?.key ?? empty.to,
  }
}

/** Why what the pair offers cannot be filled in whole, as a sentence; null when it can. */
export function whyNotFilled(hosts: readonly HostAddresses[], pair: PairRow): string | null {
  const offer = offerOf(pair)
  const missing = needed(offer).find((place) => !hosts.some((host) => host.hostId === place.hostId))
  if (missing) return `${missing.name} is not among the hosts that were read. Choose it too.`
  if (!offer) return 'A host that it takes is out of reach.'
  if (offer.kind !== 'add' && !sourceOf(hosts, pair, offer.from))
    return `${pair.address} cannot be taken off ${offer.from.name}: it is its main address, or comes by DHCP.`
  if (offer.kind === 'remove') return null
  const target = targetOf(hosts, offer.to)
  if (!target) return `Nothing can be changed on ${offer.to.name}.`
  return target.device.name === offer.to.device
    ? null
    : `${offer.to.name} has no device ${offer.to.device} any more. Choose another below.`
}

function needed(offer: PairOffer | null): PairPlace[] {
  if (!offer) return []
  if (offer.kind === 'move') return [offer.from, offer.to]
  return [offer.kind === 'add' ? offer.to : offer.from]
}

function sourceOf(hosts: readonly HostAddresses[], pair: PairRow, place: PairPlace) {
  return sourcesOf(hosts).find((one) => one.host.hostId === place.hostId && isOf(one.address.cidr, pair))
}

function targetOf(hosts: readonly HostAddresses[], place: PairPlace) {
  const targets = targetsOf(hosts).filter((one) => one.host.hostId === place.hostId)
  return targets.find((one) => one.device.name === place.device) ?? targets[0]
}

function isOf(cidr: string, { address }: PairRow): boolean {
  return cidr.split('/')[0] === address
}
