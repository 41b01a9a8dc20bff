/** A piece of somebody else's file between two comments that name it, so that it can be found and taken out again. */
const begin = (name: string) => `# >>> Pollux: ${name} >>>\n`
const end = (name: string) => `# <<< Pollux: ${name} <<<`

/** The file with the block behind it. A file without a line end at its end gets none, so that taking it out is exact. */
export function appendBlock(bytes: string, name: string, text: string): string {
  const isOpen = bytes !== '' && !bytes.endsWith('\n')
  return `${bytes}${isOpen ? '\n' : ''}${begin(name)}${text}${end(name)}${isOpen ? '' : '\n'}`
}

/** The file without the block of this name; null where it has none. */
export function removeBlock(bytes: string, name: string): string | null {
  const from = bytes.indexOf(begin(name))
  const to = bytes.indexOf(end(name), from)
  if (from < 0 || to < from) return null
  const behind = to + end(name).length
  const isLast = behind === bytes.length
  const front = bytes.slice(0, from)
  return `${isLast ? front.replace(/\n$/, '') : front}${bytes.slice(behind + (isLast ? 0 : 1))}`
}

/** What stands in the block of this name; null where the file has none. */
export function blockIn(bytes: string, name: string): string | null {
  const from = bytes.indexOf(begin(name))
  const to = bytes.indexOf(end(name), from)
  return from < 0 || to < from ? null : bytes.slice(from + begin(name).length, to)
}

/** The file with this text in the block of this name: where the block stands already, else behind all the rest. */
export function putBlock(bytes: string, name: string, text: string): string {
  const from = bytes.indexOf(begin(name))
  const to = bytes.indexOf(end(name), from)
  if (from < 0 || to < from) return appendBlock(bytes, name, text)
  return `${bytes.slice(0, from + begin(name).length)}${text}${bytes.slice(to)}`
}
