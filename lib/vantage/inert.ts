const longest = 500

/**
 * One line of what somebody far away said: data to be shown, never more. Control characters (line ends too) become
 * U+FFFD, so that nothing can pass for a second line; at most 500 characters are kept.
 */
export function inert(said: string): string {
  const line = said.slice(0, 4 * longest).replace(/\p{Cc}/gu, '\ufffd')
  const characters = Array.from(line)
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`
}

/** A piece of it for the middle of a sentence. */
export function quoted(said: string): string {
  const line = inert(said)
  return `“${line.length <= 120 ? line : `${line.slice(0, 119)}…`}”`
}
