/**
 * Any text as one line that shows all that is in it: control, bidi and zero-width characters, and line ends, become
 * their numbers, so that it can stand behind a `#` of a shell script and on a terminal.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => `<U+${hex(char)}>`)
}

/** A comment of a shell script. */
export function commentLine(text: string): string {
  return `# ${oneLine(text)}`.trimEnd()
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
