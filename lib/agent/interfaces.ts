/**
 * /etc/network/interfaces, see interfaces(5). Parsing keeps every byte: the lines of all parts, one after the other,
 * are the file.
 */
export interface InterfacesDocument {
  parts: readonly InterfacesPart[]
}

/** One logical line (with the lines that its backslashes join) and what it says. */
export interface InterfacesPart {
  /** As it stands there, with its line ends. */
  raw: string
  /** From 1. */
  line: number
  /** Its words without the backslashes; empty for blank lines and comments. */
  words: readonly string[]
  /** Which stanza it belongs to: the line number of its `iface`, `mapping`, … line; null outside. */
  stanza: number | null
}

/** Words that begin something new at the start of a line. */
const BEGINS = /^(iface|mapping|auto|allow-\S+|no-auto-down|no-scripts|source|source-directory|template|rename)$/

/** Understands a file. Never throws: what it does not know belongs to the stanza that it stands in. */
export function parseInterfaces(bytes: string): InterfacesDocument {
  const lines = bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const parts: InterfacesPart[] = []
  let stanza: number | null = null
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1
    let raw = lines[at] ?? ''
    const isComment = /^\s*(#|$)/.test(raw)
    // A comment ends with its line: ifupdown looks for backslashes in others only.
    while (!isComment && /\\\r?\n$/.test(raw) && at + 1 < lines.length) {
      at += 1
      raw += lines[at] ?? ''
    }
    const words = isComment
      ? []
      : raw
          .replace(/\\\r?\n/g, ' ')
          .trim()
          .split(/\s+/)
          .filter(Boolean)
    if (BEGINS.test(words[0] ?? '')) stanza = /^(iface|mapping)$/.test(words[0] ?? '') ? line : null
    parts.push({ raw, line, words, stanza })
  }
  return { parts }
}

/** The bytes of a document; of one that was only parsed, exactly those of the file. */
export function printInterfaces({ parts }: InterfacesDocument): string {
  return parts.map((part) => part.raw).join('')
}

/** One `iface NAME FAMILY METHOD` with its options. */
export interface Stanza {
  name: string
  family: string
  method: string
  line: number
  options: readonly { key: string; value: string }[]
}

/** All `iface` stanzas, in order. */
export function stanzasOf({ parts }: InterfacesDocument): Stanza[] {
  return parts
    .filter((part) => part.words[0] === 'iface')
    .map(({ words, line }) => ({
      name: words[1] ?? '',
      family: words[2] ?? '',
      method: words[3] ?? '',
      line,
      options: parts
        .filter((part) => part.stanza === line && part.line !== line && part.words.length > 0)
        .map((part) => ({ key: part.words[0] ?? '', value: part.words.slice(1).join(' ') })),
    }))
}

/** Whether the file says how this device is brought up; its aliases do not count. */
export function hasIface(document: InterfacesDocument, name: string): boolean {
  return stanzasOf(document).some((stanza) => stanza.name === name)
}

/** What `source` and `source-directory` name, with the line that it stands in. */
export function sourcesOf({
  parts,
}: InterfacesDocument): { kind: 'source' | 'source-directory'; pattern: string; line: number }[] {
  return parts.flatMap(({ words, line }) => {
    const [kind, ...patterns] = words
    if (kind !== 'source' && kind !== 'source-directory') return []
    return patterns.map((pattern) => ({
      kind,
      pattern: pattern.startsWith('/') ? pattern : `/etc/network/${pattern}`,
      line,
    }))
  })
}
