/** A run of a host's text: shown as it is, or one character made visible. */
export type Revealed = { kind: 'text'; text: string } | { kind: 'chip'; chip: string; title: string }

/**
 * What would not be seen, would move its neighbours, or would pass for a plain space: controls, format characters
 * (bidi, zero width, soft hyphen, tags), separators, odd spaces, lone surrogates, private and unassigned points,
 * fillers and variation selectors (Unicode Technical Report 36, 2.10 and 2.11), the empty Braille cell.
 */
const hidden = /\p{C}|\p{Zl}|\p{Zp}|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}|\u2800/u

/** Nothing in it can be hidden; nearly all names are so. */
const printable = /^[ -~]+$/

const combining = /\p{M}/u
/** More marks than that on one letter are drawn over the lines above and below. */
const maxMarks = 3

const names: Readonly<Record<number, string>> = {
  0: 'null',
  9: 'tab',
  10: 'line break',
  13: 'carriage return',
  27: 'escape',
  160: 'no-break space',
  173: 'soft hyphen',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'end of direction',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'end of isolate',
  65279: 'byte order mark',
}

/** The C0 controls by their abbreviations (ECMA-48); the pictures that Unicode has for them are missing in many faces. */
const controls =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

/** Parts a host's text into what can be shown and what has to be named. `keep` lists controls that stay as they are ("\t\n"). */
export function reveal(text: string, keep = ''): Revealed[] {
  if (printable.test(text)) return [{ kind: 'text', text }]
  const parts: Revealed[] = []
  let plain = ''
  let marks = 0
  for (const char of text) {
    marks = combining.test(char) ? marks + 1 : 0
    const isHidden = (hidden.test(char) && !keep.includes(char)) || marks > maxMarks
    if (!isHidden) {
      plain += char
      continue
    }
    if (plain !== '') parts.push({ kind: 'text', text: plain })
    plain = ''
    parts.push(chipOf(char))
  }
  if (plain !== '') parts.push({ kind: 'text', text: plain })
  return parts
}

/** The same as one string, for names and titles that take no elements: "invoice[U+202E]gpj.exe". */
export function revealText(text: string): string {
  return reveal(text)
    .map((part) => (part.kind === 'text' ? part.text : `[${part.chip}]`))
    .join('')
}

function chipOf(char: string): Revealed {
  const point = char.codePointAt(0) ?? 0
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  const name = names[point]
  const title = name ? `${code}, ${name}` : code
  return { kind: 'chip', chip: controls[point] ?? (point === 127 ? 'DEL' : code), title }
}
