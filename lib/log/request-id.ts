import { randomBytes } from 'node:crypto'

// Without the letters and digits that are mistaken for others when read aloud.
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** A short id of one request or one job, such as "k7m2-9xqd": in the log, and in what the person sees when it fails. */
export function newRequestId(): string {
  const letters = Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
