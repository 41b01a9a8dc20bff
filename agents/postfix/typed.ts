import { parseAddress } from '@/lib/agent/ip-address'
import { problemOfAddress } from '@/lib/agent/typed-address'

// Also the browser's, while somebody types: nothing here may bring the schemas along.

/** What is wrong with a bare address (no prefix) that mail may listen on; null when nothing is. Loopback is right. */
export function problemOfPlainAddress(text: string): string | null {
  const typed = text.trim()
  if (typed.includes('/')) return 'Leave out the prefix: Postfix listens on an address, not on a net.'
  const address = parseAddress(typed)
  if (address && isLoopback(address.host)) return null
  return problemOfAddress(typed)
}

/** Whether an address never leaves its host (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export function isLoopback(host: string): boolean {
  return host === '::1' || host.startsWith('127.')
}

/** What is wrong with a name for HELO: RFC 5321, 4.1.1.1 wants a fully qualified domain name. Null when nothing is. */
export function problemOfHelo(text: string): string | null {
  const name = text.trim()
  if (name === '') return 'Type a host name such as mail.example.org.'
  if (parseAddress(name) || name.startsWith('['))
    return 'This is an address. Other servers expect a host name here, such as mail.example.org.'
  if (/[^A-Za-z0-9.-]/.test(name)) {
    return /_/.test(name)
      ? 'A host name has no underscore (RFC 1123): many servers refuse it.'
      : 'A host name has letters, digits, hyphens and dots only.'
  }
  if (name.endsWith('.')) return 'Leave out the dot at the end.'
  if (name.length > 253) return 'This is longer than any host name: at most 253 characters.'
  const labels = name.split('.')
  if (labels.length < 2) return 'Expected a full name with its domain, such as mail.example.org.'
  if (labels.some((label) => label === '' || label.length > 63 || label.startsWith('-') || label.endsWith('-')))
    return 'Each part between the dots has 1 to 63 letters, digits or hyphens, and no hyphen at its ends.'
  if (/^\d+$/.test(labels.at(-1) ?? '')) return 'The last part of a host name is not a number.'
  return null
}

/** What is wrong with a mailbox that a probe is sent to; null when nothing is. Quoted local parts are not taken. */
export function problemOfMailbox(text: string): string | null {
  const [, local, domain] = /^([^@\s]{1,64})@([^@\s]+)$/.exec(text.trim()) ?? []
  if (local === undefined || domain === undefined) return 'Expected an address such as postmaster@example.org.'
  if (!/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/.test(local) || local.startsWith('-'))
    return 'The part before the @ has signs that Pollux does not send to.'
  return problemOfHelo(domain) === null ? null : 'What follows the @ is no domain.'
}

/** What is wrong with a sender's pattern; null when nothing is. */
export function problemOfPattern(text: string): string | null {
  const pattern = text.trim()
  const problem = problemOfMailbox(pattern.startsWith('@') ? `any${pattern}` : pattern)
  // A line of a table that begins with "#" is a comment.
  return problem === null && !pattern.startsWith('#')
    ? null
    : 'Expected a sender such as ada@example.org, or a domain such as @example.org.'
}
