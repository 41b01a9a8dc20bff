import { findSingle, replaceSingle } from '@/lib/config/single'

/** Where a receiver listens: mail to an address literal always goes to port 25. Tests without root set another. */
export function receiverPort(): number {
  return findSingle<number>('vantage-receiver-port') ?? 25
}

/** For tests. */
export function setReceiverPort(port: number | undefined): void {
  replaceSingle('vantage-receiver-port', port)
}
