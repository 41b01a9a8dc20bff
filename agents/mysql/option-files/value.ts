import { refuse } from '@/lib/agent'
import { isSpace } from './text'

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  r: '\r',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
}

/**
 * Where the comment at the end of a line begins; the text's length when there is none. A `#` begins it unless it stands
 * in quotes, and a quote that is never closed holds the rest of the line. A backslash hides a quote only inside quotes.
 * A `;` begins a comment only at a line's start.
 */
export function endCommentAt(text: string): number {
  let quote = ''
  let isEscaped = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (!isEscaped && (char === '"' || char === "'")) {
      if (quote === '') quote = char
      else if (quote === char) quote = ''
    }
    if (quote === '' && char === '#') return at
    isEscaped = quote !== '' && char === '\\' && !isEscaped
  }
  return text.length
}

/**
 * The value that the server takes from what stands behind "=" (trimmed, without the comment). Quotes go only when the
 * first and the last character are the same one; then `\b \t \n \r \s \" \' \\` are read, quoted or not, and a backslash
 * before anything else stays (MySQL manual, "Using Option Files").
 */
export function readValue(written: string): string {
  const [first, last] = [written.charAt(0), written.charAt(written.length - 1)]
  const isQuoted = written.length > 1 && first === last && (first === '"' || first === "'")
  const inner = isQuoted ? written.slice(1, -1) : written
  return inner.replace(/\\([\s\S])/g, (both, char: string) => escapes[char] ?? both)
}

/**
 * How a value is written so that every server reads it back: as it is where that is safe, else in double quotes.
 * @throws AppError `invalid` for a line break, a NUL or another control character, or what is no byte
 */
export function writeValue(name: string, value: string): string {
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(value))
    throw refuse(`The value of ${name} has a line break or a control character.`)
  if (/[^\0-\xff]/.test(value)) throw refuse(`The value of ${name} has a character that is no single byte.`)
  const [first, last] = [value.charAt(0), value.charAt(value.length - 1)]
  if (!/[#"'\\\t]/.test(value) && !isSpace(first) && !isSpace(last)) return value
  return `"${value.replace(/[\\"]/g, '\\$&').replaceAll('\t', '\\t')}"`
}
