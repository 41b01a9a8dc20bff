export const AGENT = { id: 'postfix', version: 1 } as const

/** "fir", "fir and rowan", "fir, rowan and hazel". */
export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** An id of a check out of words, as different as they are; signs that an id must not have become hyphens. */
export function idOf(...words: readonly string[]): string {
  return words.map((word) => word.replace(/[^A-Za-z0-9.-]/g, '-')).join('.')
}
