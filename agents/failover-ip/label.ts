import type { PlanHost } from '@/lib/agent'
import type { IpAddress } from '@/lib/agent/ip-address'
import type { DeviceFacts, FailoverFacts } from './facts'
import { stanzasOn } from './ifupdown'

/** Why a label cannot be given to the address, as a sentence; null when it can. */
export function addressLabelProblem(
  host: PlanHost<FailoverFacts>,
  device: DeviceFacts,
  label: string,
  address: IpAddress,
): string | null {
  if (address.family === 6) return 'IPv6 addresses have no label. Leave it empty.'
  if (!label.startsWith(`${device.name}:`)) return `A label on ${device.name} begins with "${device.name}:".`
  const other = device.addresses.find((one) => one.label === label && one.host !== address.host)
  if (other) return `${other.host} on ${host.name} has the label ${label} already. Choose another, or leave it empty.`
  const stanza = stanzasOn(host.facts, device.name).find(
    (kept) => kept.stanza.name === label && kept.address.host !== address.host,
  )
  if (stanza)
    return `${stanza.path} on ${host.name} uses ${label} for ${stanza.address.host}. Choose another, or leave it empty.`
  return null
}
