import { networkInterfaces } from 'node:os'
import { canonicalIp } from '../addresses'

/** Whether an address is one of the dashboard's machine. */
export function isOwnAddress(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  return own.some((entry) => canonicalIp(entry.address) === canonicalIp(address))
}
