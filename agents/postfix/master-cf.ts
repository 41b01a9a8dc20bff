import { splitEndpoint } from './endpoint'
import { type Block, parseBlocks, rawOf } from './logical-lines'
import { argumentOf, FIELDS, wordsOf } from './master-words'
import { readOptions } from './read-options'

/** master.cf, see master(5). Every byte is kept: the bytes of all entries, one after the other, are the file. */
export interface MasterCf {
  entries: readonly MasterEntry[]
}

export type MasterEntry = Service | OtherEntry

/** The types that Postfix knows; `unix-dgram` since 3.4. */
export const serviceTypes = ['inet', 'unix', 'unix-dgram', 'fifo', 'pass'] as const

/** A logical line with all eight fields, right or wrong (see `masterProblems`), as written: "-" is not resolved. */
export interface Service {
  kind: 'service'
  /** With its continuation lines, and the comments in between. */
  raw: string
  /** Where it begins, from 1. */
  line: number
  /** The numbers of its lines that are text: all but the comments and blank lines in between. */
  textLines: readonly number[]
  /** `name/type`, as postconf(1) names it. Two may have the same: the last one counts. */
  key: string
  name: string
  /** Of type inet: the address or name that it listens on, without brackets; null when it listens on `inet_interfaces`. */
  host: string | null
  /** Of type inet: a number or a name of /etc/services. Null for other types, and where the name cannot be split. */
  port: string | null
  /** One of `serviceTypes`, or what stands there instead. */
  type: string
  private: string
  unpriv: string
  chroot: string
  wakeup: string
  maxproc: string
  command: string
  /** Every word behind the command, options too; of words in braces, what stands inside. */
  args: readonly string[]
  /** What `-o` overrides, in order; of two with the same name the last one counts. */
  options: readonly { name: string; value: string }[]
}

/** Everything else. */
export interface OtherEntry {
  kind: 'other'
  raw: string
  line: number
  /** `gap`: comments and blank lines. `orphan`: indented text that continues nothing. `broken`: text with too few fields. */
  what: 'gap' | 'orphan' | 'broken'
}

/** Understands a file, any bytes (latin1). Never throws. */
export function parseMasterCf(bytes: string): MasterCf {
  return { entries: parseBlocks(bytes).map(entryOf) }
}

export function printMasterCf({ entries }: MasterCf): string {
  return entries.map(({ raw }) => raw).join('')
}

/** All services in the file's order; of two with the same key Postfix takes the last one. */
export function listServices({ entries }: MasterCf): Service[] {
  return entries.filter((entry) => entry.kind === 'service')
}

function entryOf(block: Block): MasterEntry {
  const { kind, line, lines } = block
  const raw = rawOf(block)
  if (kind !== 'text') return { kind: 'other', raw, line, what: kind }
  const words = wordsOf(lines)
  const [name, type, isPrivate, unpriv, chroot, wakeup, maxproc, command] = words.map(({ text }) => text)
  if (!name || !type || !isPrivate || !unpriv || !chroot || !wakeup || !maxproc || !command) {
    return { kind: 'other', raw, line, what: 'broken' }
  }
  const endpoint = type === 'inet' ? splitEndpoint(name) : null
  return {
    kind: 'service',
    raw,
    line,
    textLines: lines.flatMap(({ isText }, at) => (isText ? [line + at] : [])),
    key: `${name}/${type}`,
    name,
    host: endpoint?.ok ? endpoint.host : null,
    port: endpoint?.ok ? endpoint.port : null,
    type,
    private: isPrivate,
    unpriv,
    chroot,
    wakeup,
    maxproc,
    command,
    args: words.slice(FIELDS).map((word) => argumentOf(word) ?? word.text),
    options: readOptions(words).options.map(({ name, value }) => ({ name, value })),
  }
}
