/** "fir", "fir and rowan", "fir, rowan and hazel". */
export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Ids are unique in the plan: the host's place in it, and words without signs that an id must not have. */
export function stepId(hostIndex: number, ...words: string[]): string {
  return [`h${hostIndex + 1}`, ...words.map((word) => word.replace(/[^A-Za-z0-9]/g, '-'))].join('.')
}
