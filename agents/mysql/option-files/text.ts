/**
 * The characters of option files. Bytes are latin1 strings, one char a byte.
 *
 * The servers' reader takes lines as C strings, and whitespace as the latin1 character set has it: also the byte 0xA0
 * (seen with my_print_defaults of MariaDB 10.5 to 11.8).
 */
const SPACE = ' \\t\\n\\v\\f\\r\\xa0'
const leading = new RegExp(`^[${SPACE}]*`)

/** How many whitespace characters a text begins with. */
export function indentOf(text: string): number {
  return leading.exec(text)?.[0].length ?? 0
}

/** Without the whitespace at its end. */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** Whether this one character is whitespace for the servers. */
export function isSpace(char: string): boolean {
  return char !== '' && indentOf(char) === 1
}

/** Cuts a file at its newlines; only the last line may have none. A carriage return alone ends no line. */
export function linesOf(bytes: string): string[] {
  return bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** What the server sees of a line: up to its first NUL, its newline with it where no NUL stands before. */
export function seenOf(raw: string): string {
  const nul = raw.indexOf('\0')
  return nul < 0 ? raw : raw.slice(0, nul)
}
