import { parseAddress } from '@/lib/agent/ip-address'
import { ownName } from './paths'

// Also the browser's, while somebody types: nothing here may bring the schemas along.

/** The file of a device for this address; null while the address is none, or where nothing is kept. */
export function fileOfAddress(
  device: { fileFor: Readonly<Record<4 | 6, string | null>> },
  text: string,
): string | null {
  const address = parseAddress(text.trim())
  const path = address ? device.fileFor[address.family] : null
  return address && path ? path.replace(addressInName, ownName(address)) : null
}

/** What stands in a file's name for the address that is not known yet. */
export const addressInName = 'pollux-failover-ADDRESS'
