import { AppError } from '@/lib/errors'

const chunkBytes = 3000

/**
 * The shell function `put`, which prints its argument with `\\0ooo` read as an octal escape (printf(1), `%b`). Bytes of
 * files may be secret, so they never become words of a program: where printf is none of the shell's own (posh), the
 * shell's echo reads the same escapes.
 */
export const putScript = `case "$(command -v printf)" in
/*) put() { echo -n "$1"; } ;;
*) put() { printf %b "$1"; } ;;
esac
`

/**
 * Shell text that prints exactly these bytes (latin1, one char a byte), by `put` with octal escapes:
 * no here-document, whose body some shells change where it holds bytes above 0x7f.
 * Throws AppError `invalid` for a NUL byte, which no shell can carry.
 */
export function printBytes(bytes: string): string {
  if (bytes.includes('\0')) throw new AppError('invalid', 'expected text for a file, got a NUL byte')
  if (bytes === '') return ':'
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.slice(at, at + chunkBytes))
  return chunks.map((chunk) => `put '${escapeChunk(chunk)}'`).join('; ')
}

function escapeChunk(chunk: string): string {
  let out = ''
  for (const char of chunk) out += escapeChar(char)
  // A leading dash would be read as an option.
  return out.startsWith('-') ? `\\0055${out.slice(1)}` : out
}

function escapeChar(char: string): string {
  const code = char.charCodeAt(0)
  if (code > 255) throw new AppError('invalid', `expected bytes, got the character U+${code.toString(16)}`)
  if (char === '\n') return '\\n'
  if (code < 32 || code > 126 || char === "'" || char === '\\') return `\\0${code.toString(8).padStart(3, '0')}`
  return char
}
