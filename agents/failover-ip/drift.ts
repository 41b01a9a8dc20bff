import type { Drift, PlanHost } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import type { FailoverDesired } from './desired'
import { type FailoverFacts, findDevice } from './facts'
import { keptAt } from './kept'

/** Where a host no longer agrees with what the last change left: the address on the device, and the file that keeps it. */
export function driftOf({ hostId, facts }: PlanHost<FailoverFacts>, desired: FailoverDesired): Drift[] {
  const address = parseAddress(desired.address)
  const isTo = desired.operation !== 'remove' && desired.to.hostId === hostId
  const place = isTo
    ? desired.to
    : desired.operation === 'add'
      ? null
      : desired.from.hostId === hostId
        ? desired.from
        : null
  if (!address || !place) return []
  const device = findDevice(facts, place.device)
  const what = `${desired.address} on ${place.device}`
  if (!device) return isTo ? [{ what, expected: 'there', seen: `no device ${place.device}` }] : []
  const isLive = device.addresses.some((one) => one.host === address.host)
  const kept = keptAt(facts, device, address)[0]
  const live =
    isLive === isTo ? [] : [{ what, expected: isTo ? 'there' : 'not there', seen: isLive ? 'there' : 'not there' }]
  if (desired.keep !== 'boot' || (kept !== undefined) === isTo) return live
  const file = { what: `${desired.address} at boot`, expected: isTo ? 'kept' : 'not kept' }
  return [...live, { ...file, seen: kept ? `kept in ${kept.path}` : 'in no file' }]
}
