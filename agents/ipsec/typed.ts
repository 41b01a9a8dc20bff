import { netOf, rangeOf } from './mesh/address-net'

/**
 * What the two short names of a mesh may be, as one rule for the plan and for the form that is filled in. Both are parts of
 * the names of files, connections and network devices: with the hyphen between them at most 15 characters.
 */
export const TAG = /^[a-z][a-z0-9]{0,5}$/
export const LABEL = /^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/

/** The files of a mesh's firewall are called so where a member's have its label. */
export const FIREWALL_LABEL = 'firewall'

export const TAG_RULE = 'A short name is one to six small letters and digits, a letter first: cloud.'
export const LABEL_RULE = 'A label is one to eight small letters, digits and hyphens: web1.'
export const PREFIX_RULE = 'Expected a net from /8 to /30 by its first address, such as 10.20.0.0/24.'
export const FIREWALL_RULE = 'The files of the firewall have this name. Choose another label.'

/** What is wrong with a mesh's short name as it was typed, as a sentence; null when nothing is. */
export function problemOfTag(text: string): string | null {
  return TAG.test(text) ? null : TAG_RULE
}

/** The same of a member's label. */
export function problemOfLabel(text: string): string | null {
  if (!LABEL.test(text)) return LABEL_RULE
  return text === FIREWALL_LABEL ? FIREWALL_RULE : null
}

/** The same of the net of the inner addresses. */
export function problemOfPrefix(text: string): string | null {
  const net = text.trim()
  const bits = Number(net.split('/')[1] ?? '')
  return rangeOf(net) !== null && bits >= 8 && bits <= 30 && netOf(net) === net ? null : PREFIX_RULE
}
