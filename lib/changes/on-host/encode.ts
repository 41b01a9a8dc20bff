import { AppError } from '@/lib/errors'

const chunkBytes = 3000

/**
 * Shell text that prints exactly these bytes (latin1, one char a byte), by `printf` with octal escapes:
 * no here-document, whose body some shells change where it holds bytes above 0x7f.
 * Chunks stay far below the 128 KiB that one argument may have, for shells whose printf is a program.
 * Throws AppError `invalid` for a NUL byte, which no shell can carry.
 * With `lines`, line ends stand as they are, so that a person can read the text in the script.
 */
export function printBytes(bytes: string, form: 'one line' | 'lines' = 'one line'): string {
  if (bytes.includes('\0')) throw new AppError('invalid', 'expected text for a file, got a NUL byte')
  if (bytes === '') return ':'
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.slice(at, at + chunkBytes))
  return chunks.map((chunk) => `printf '${escapeChunk(chunk, form)}'`).join(form === 'lines' ? '\n' : '; ')
}

function escapeChunk(chunk: string, form: 'one line' | 'lines'): string {
  let out = ''
  for (const char of chunk) out += char === '\n' && form === 'lines' ? '\n' : escapeChar(char)
  // A leading dash would be read as an option.
  return out.startsWith('-') ? `\\055${out.slice(1)}` : out
}

function escapeChar(char: string): string {
  const code = char.charCodeAt(0)
  if (code > 255) throw new AppError('invalid', `expected bytes, got the character U+${code.toString(16)}`)
  if (char === '%') return '%%'
  if (char === '\n') return '\\n'
  if (code < 32 || code > 126 || char === "'" || char === '\\') return `\\${code.toString(8).padStart(3, '0')}`
  return char
}
