import { type IpAddress, parseAddress, whyNotFailover } from './ip-address'

// Also the browser's, while somebody types: nothing here may bring the schemas along.

/** What a person typed, as an address that can be a failover IP, or the sentence that says what is wrong with it. */
export function readTyped(text: string): { address: IpAddress } | { problem: string } {
  const typed = text.trim()
  if (typed.length > 60) return { problem: 'This is longer than any address.' }
  const address = parseAddress(typed)
  if (!address) return { problem: notAnAddress(typed) }
  const problem = whyNotFailover(address)
  return problem ? { problem } : { address }
}

/** What is wrong with an address as far as it was typed, as a sentence; null when it can be planned with. */
export function problemOfAddress(text: string): string | null {
  const read = readTyped(text)
  return 'problem' in read ? read.problem : null
}

function notAnAddress(text: string): string {
  if (text === '') return 'Type the address, such as 192.0.2.10/32 or 2001:db8::10/128.'
  if (/^[^/]+\/\d+$/.test(text) && parseAddress(text.replace(/\/.*/, ''))) {
    return `The prefix is too long: expected at most /${text.includes(':') ? 128 : 32}.`
  }
  if (/\/\d+\.\d+/.test(text)) return 'Expected a prefix such as /32, not a mask.'
  if (/(^|\.)0\d/.test(text)) return 'Leave out the leading zeros: some programs read them as octal.'
  if (text.includes('%')) return 'Leave out what follows the % sign: the device is chosen below.'
  return 'This is no IPv4 or IPv6 address. Expected something like 192.0.2.10/32 or 2001:db8::10/128.'
}
