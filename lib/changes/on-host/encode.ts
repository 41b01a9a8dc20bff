import { AppError } from '@/lib/errors'

const chunkBytes = 3000

/**
 * The shell function `put`, which prints its argument with `\\0ooo` read as an octal escape (printf(1), `%b`). Bytes of
 * files may be secret, so they never become words of a program: where printf is none of the shell's own (posh), the
 * shell's echo reads the same escapes. Which it is, OWN_PRINTF, is asked without a process: with no path, only its own
 * can be found.
 */
export const putScript = `SEARCHED=$PATH; PATH=/nonexistent; OWN_PRINTF=; printf '' 2>/dev/null && OWN_PRINTF=1; PATH=$SEARCHED
if [ -n "$OWN_PRINTF" ]; then put() { printf %b "$1"; }; else put() { echo -n "$1"; }; fi
`

/**
 * Shell text that prints exactly these bytes (latin1, one char a byte), by `put` with octal escapes:
 * no here-document, whose body some shells change where it holds bytes above 0x7f.
 * Throws AppError `invalid` for a NUL byte, which no shell can carry.
 * With `lines`, line ends stand as they are, so that a person can read the text in the script.
 */
export function printBytes(bytes: string, form: 'one line' | 'lines' = 'one line'): string {
  if (bytes.includes('\0')) throw new AppError('invalid', 'expected text for a file, got a NUL byte')
  if (bytes === '') return ':'
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.slice(at, at + chunkBytes))
  return chunks.map((chunk) => `put '${escapeChunk(chunk, form)}'`).join(form === 'lines' ? '\n' : '; ')
}

function escapeChunk(chunk: string, form: 'one line' | 'lines'): string {
  let out = ''
  for (const char of chunk) out += char === '\n' && form === 'lines' ? '\n' : escapeChar(char)
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
