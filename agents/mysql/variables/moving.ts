import { compareNumbers, type ServerVersion } from '../version'
import type { Moving, Since } from './row'

/** Whether a version has what came with `since`: by its own series where that is named, else by the newest that is. */
export function hasCome(version: ServerVersion, since: Since): boolean {
  const all = since.split(' ').map(numbersOf)
  const [major, minor] = version.numbers
  const own = all.find((numbers) => numbers[0] === major && (numbers[1] ?? 0) === minor)
  const newest = all.reduce((a, b) => (compareNumbers(a, b) >= 0 ? a : b))
  return compareNumbers(version.numbers, own ?? newest) >= 0
}

/** What a value that moved is in this version; undefined where the row says nothing of it. */
export function valueIn<Value extends string | null>(
  moving: Moving<Value> | undefined,
  version: ServerVersion,
): Value | undefined {
  if (moving === undefined || moving === null || typeof moving === 'string') return moving
  return Object.entries(moving).findLast(([since]) => hasCome(version, since))?.[1]
}

function numbersOf(text: string): readonly number[] {
  return text === '' ? [0] : text.split('.').map(Number)
}
