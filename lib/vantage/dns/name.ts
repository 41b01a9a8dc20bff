import { inert } from '../inert'

/** A name by which two are compared: small letters, no last dot. */
export function plainName(name: string): string {
  return inert(name.toLowerCase().replace(/\.$/, ''))
}

/** How a list reads: "a, b", or "none". */
export function listed(items: readonly string[]): string {
  return items.length === 0 ? 'none' : inert(items.join(', '))
}
