import type { Identity } from './facts'
import { identityKey, parseIdentityKey } from './identity'

const BEGIN = '# >>> Pollux: I/O scheduler >>>'
const END = '# <<< Pollux: I/O scheduler <<<'

/** What the file was before the block came, where taking the block out would not tell. */
export type Origin = 'script' | 'missing' | 'empty'

const originNotes: Record<Origin, string> = {
  script: '',
  missing: ' (Pollux made this file)',
  empty: ' (this file was empty)',
}

export interface BlockEntry {
  identity: Identity
  scheduler: string
}

export interface SplitFile {
  before: string
  /** The block with the line ends that belong to it; "" when there is none. */
  block: string
  after: string
  origin: Origin
}

/** Cuts a file around our block. `before + block + after` are the file's bytes, for any bytes (latin1). */
export function splitBlock(bytes: string): SplitFile {
  const begin = lineStart(bytes, BEGIN, 0)
  const end = begin < 0 ? -1 : lineStart(bytes, END, begin)
  if (begin < 0 || end < 0) return { before: bytes, block: '', after: '', origin: 'script' }
  const lineEnd = bytes.indexOf('\n', end)
  // A block that ends the file without a newline brought the newline in front of it: the file had none at its end.
  const start = lineEnd < 0 && begin > 0 ? begin - 1 : begin
  const stop = lineEnd < 0 ? bytes.length : lineEnd + 1
  const note = bytes.slice(begin + BEGIN.length, bytes.indexOf('\n', begin))
  const origin = note === originNotes.missing ? 'missing' : note === originNotes.empty ? 'empty' : 'script'
  return { before: bytes.slice(0, start), block: bytes.slice(start, stop), after: bytes.slice(stop), origin }
}

/** Whether a marker stands without its other half, or twice: then nobody can say what is ours. */
export function isBlockBroken(bytes: string): boolean {
  const begins = bytes.split('\n').filter((line) => line.startsWith(BEGIN)).length
  const ends = bytes.split('\n').filter((line) => line.startsWith(END)).length
  return begins !== ends || begins > 1 || (begins === 1 && splitBlock(bytes).block === '')
}

function lineStart(bytes: string, marker: string, from: number): number {
  if (from === 0 && bytes.startsWith(marker)) return 0
  const at = bytes.indexOf(`\n${marker}`, Math.max(0, from - 1))
  return at < 0 ? -1 : at + 1
}

/** The entries that a block names, in its order. */
export function parseBlock(block: string): BlockEntry[] {
  return block.split('\n').flatMap((line) => {
    const [, key, scheduler] = /^# disk (\S+): ([a-z][a-z0-9_-]*)$/.exec(line) ?? []
    const identity = key === undefined ? null : parseIdentityKey(key)
    return identity && scheduler ? [{ identity, scheduler }] : []
  })
}

/** The block's lines, ending in a newline. Safe under `sh -e` and `sh -u`, for dash, busybox ash, posh and bash. */
export function printBlock(entries: readonly BlockEntry[], origin: Origin): string {
  const head = [
    `${BEGIN}${originNotes[origin]}`,
    '# Written by Pollux. To undo by hand, remove everything from the line above to its closing line.',
  ]
  return [...head, ...entries.flatMap(entryLines), END, ''].join('\n')
}

/** The line that does it, for the proof that the file is there as written. */
export function knobLine(entry: BlockEntry): string {
  return `printf '%s\\n' ${entry.scheduler} > ${knobOf(entry.identity)} || :`
}

function entryLines(entry: BlockEntry): string[] {
  const title = `# disk ${identityKey(entry.identity)}: ${entry.scheduler}`
  const { kind, value, also } = entry.identity
  if (kind !== 'attr') {
    return [title, `if [ -w ${knobOf(entry.identity)} ]; then`, `  ${knobLine(entry)}`, 'fi']
  }
  return [
    title,
    `for pollux_file in /sys/block/*/${also ?? ''}; do`,
    `  case $(cat "$pollux_file" 2>/dev/null) in`,
    // sysfs pads some ids with blanks; the second pattern lets them be.
    `    ${shellWord(value)} | ${shellWord(`${value} `)}*) ${knobLine(entry)} ;;`,
    '  esac',
    'done',
  ]
}

// Serial numbers and paths of the udev database never come here: without udev there is none.
function knobOf({ kind, value, also }: Identity): string {
  if (kind === 'attr') return `"\${pollux_file%/${also ?? ''}}/queue/scheduler"`
  return shellWord(`/sys/block/${value}/queue/scheduler`)
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
