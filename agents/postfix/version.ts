/** Whether a Postfix is at least of this version ("3.7"). A version that is not known has nothing. */
export function isAtLeast(version: string | null, wanted: string): boolean {
  if (version === null) return false
  const [have, want] = [numbersOf(version), numbersOf(wanted)]
  const at = want.findIndex((number, place) => number !== (have[place] ?? 0))
  return at < 0 || (have[at] ?? 0) > (want[at] ?? 0)
}

/** "3.11-20260101" and "2.3.3" alike: the numbers in front. */
function numbersOf(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number)
}

export type SupportMark = 'live-tested' | 'published files only' | 'unproved'

/** How far Pollux was tried on a version (agents/postfix/README.md). */
export function supportOf(version: string): SupportMark {
  const minor = /^\d+\.\d+/.exec(version)?.[0] ?? ''
  if (['3.5', '3.7', '3.10'].includes(minor)) return 'live-tested'
  return isAtLeast(version, '2.3') && !isAtLeast(version, '3.11') ? 'published files only' : 'unproved'
}
