/** One section of a vici message: what stands in it under which name, in its order. */
export interface ViciSection {
  name: string
  values: Map<string, string>
  lists: Map<string, string[]>
  sections: ViciSection[]
}

/**
 * Understands what `swanctl --list-… --pretty` prints (libvici's vici_dump): one message for each event, and at last the
 * reply, by which an answer that was cut short is told. A line is a value, an item, or the begin or end of a section or
 * list; with `--raw` a value with blanks, such as a peer's own name, could not be told from the keys behind it.
 * Returns the sections of all events called `event` ("list-sa"); null where the text is no such answer, or not all of it.
 */
export function parseVici(text: string, event: string): ViciSection[] | null {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const found: ViciSection[] = []
  let hasReply = false
  for (let at = 0; at < lines.length; ) {
    const label = /^([a-z-]+ (?:event|reply)) \{$/.exec(lines[at] ?? '')?.[1]
    const message = label === undefined ? null : readSection(lines, at)
    if (!message || hasReply) return null
    if (label === `${event} event`) found.push(...message.section.sections)
    hasReply = label?.endsWith(' reply') ?? false
    at = message.end
  }
  return hasReply ? found : null
}

/** The section that begins in this line, and the line behind its end. Without recursion: how deep it goes, the host says. */
function readSection(lines: readonly string[], begin: number): { section: ViciSection; end: number } | null {
  const open: ViciSection[] = []
  for (let at = begin; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const indent = '  '.repeat(open.length)
    const inner = open.at(-1)
    if (inner && line === `${indent.slice(2)}}`) {
      open.pop()
      if (open.length === 0) return { section: inner, end: at + 1 }
      continue
    }
    if (!line.startsWith(indent)) return null
    const word = line.slice(indent.length)
    const [, key, value] = /^([^\s={}]+) = (.*)$/.exec(word) ?? []
    if (key === undefined || value === undefined) {
      if (!word.endsWith(' {') || word.startsWith(' ')) return null
      const section = emptySection(word.slice(0, -2))
      inner?.sections.push(section)
      open.push(section)
      continue
    }
    if (!inner) return null
    const list = value === '[' ? listBehind(lines, at, indent) : null
    if (list) inner.lists.set(key, list)
    else inner.values.set(key, value)
    at += list ? list.length + 1 : 0
  }
  return null
}

/** The items behind a list's first line; null where it is a value that only looks like one. */
function listBehind(lines: readonly string[], begin: number, indent: string): string[] | null {
  const items: string[] = []
  for (const line of lines.slice(begin + 1)) {
    if (line === `${indent}]`) return items
    if (!line.startsWith(`${indent}  `)) return null
    items.push(line.slice(indent.length + 2))
  }
  return null
}

function emptySection(name: string): ViciSection {
  return { name, values: new Map(), lists: new Map(), sections: [] }
}
