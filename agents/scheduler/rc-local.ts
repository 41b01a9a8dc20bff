import { identityKey } from './identity'
import { type BlockEntry, isBlockBroken, type Origin, parseBlock, printBlock, splitBlock } from './rc-block'
import { scanShell } from './scan-shell'

/** A start script around our block, or why it is not touched: a clause for "/etc/rc.local …". */
export type RcLocalEdit =
  | { ok: true; bytes: string | null; mayLeaveAt: readonly number[]; wasEdited: boolean }
  | { ok: false; why: string }

const NEW_FILE: readonly [string, string] = ['#!/bin/sh\n', 'exit 0\n']
const SHELLS =
  /^#![ \t]*(?:\/\S+\/)?(?:env[ \t]+)?(?:sh|dash|ash|bash|ksh|mksh|posh|busybox[ \t]+(?:ash|sh))(?:[ \t]|$)/

/** What our block in this file sets at boot. */
export function rcLocalEntries(bytes: string): BlockEntry[] {
  return parseBlock(splitBlock(bytes).block)
}

/**
 * The file with exactly these entries in our block, which stands right before the line that ends the script. With no
 * entry the block goes, and what was there before it came is there again byte for byte (null: no file).
 * `bytes` is latin1; null when there is no file.
 */
export function editRcLocal(bytes: string | null, entries: readonly BlockEntry[]): RcLocalEdit {
  if (bytes !== null && isBlockBroken(bytes)) {
    return { ok: false, why: "holds half of Pollux's lines, or holds them twice: remove what is left of them" }
  }
  const split = splitBlock(bytes ?? '')
  const rest = split.before + split.after
  const wasEdited = split.block !== '' && !isAsWritten(split.block, split.origin)
  if (entries.length === 0) {
    return { ok: true, bytes: withoutBlock(bytes, split.block, split.origin, rest), mayLeaveAt: [], wasEdited }
  }
  if (rest === '') {
    const origin = split.block !== '' ? split.origin : bytes === null ? 'missing' : 'empty'
    return { ok: true, bytes: NEW_FILE.join(printBlock(entries, origin)), mayLeaveAt: [], wasEdited }
  }
  const refusal = refuse(rest)
  if (refusal) return { ok: false, why: refusal }
  const scan = scanShell(rest)
  if (!scan.ok) return { ok: false, why: `cannot be followed at line ${scan.line} (${scan.why})` }
  const isReached = scan.endsAt === null || split.before.length <= scan.endsAt
  const isSame = !wasEdited && isReached && sameEntries(parseBlock(split.block), entries)
  const block = printBlock(entries, split.origin)
  return {
    ok: true,
    bytes: isSame ? bytes : insert(rest, block, scan.endsAt),
    mayLeaveAt: scan.mayLeaveAt,
    wasEdited,
  }
}

function withoutBlock(bytes: string | null, block: string, origin: Origin, rest: string): string | null {
  if (block === '' || rest !== NEW_FILE.join('')) return bytes === null ? null : rest
  return origin === 'missing' ? null : origin === 'empty' ? '' : rest
}

function insert(rest: string, block: string, endsAt: number | null): string {
  if (endsAt !== null) return rest.slice(0, endsAt) + block + rest.slice(endsAt)
  // Without a newline at the end, the block brings one in front and leaves its own away: see splitBlock.
  return rest.endsWith('\n') ? rest + block : `${rest}\n${block.slice(0, -1)}`
}

function isAsWritten(block: string, origin: Origin): boolean {
  return block.replace(/^\n/, '').replace(/\n$/, '') === printBlock(parseBlock(block), origin).replace(/\n$/, '')
}

function refuse(rest: string): string | null {
  const first = rest.split('\n', 1)[0] ?? ''
  if (!first.startsWith('#!')) return 'does not begin with a line that names its shell (#!/bin/sh)'
  if (first.endsWith('\r')) return 'has Windows line ends, so it cannot run: convert it first'
  if (!SHELLS.test(first)) return `is no shell script (${first.slice(0, 60)})`
  if (rest.includes('\0')) return 'holds bytes that no script has'
  return null
}

function sameEntries(found: readonly BlockEntry[], wanted: readonly BlockEntry[]): boolean {
  const print = (entry: BlockEntry) => `${identityKey(entry.identity)} ${entry.scheduler}`
  return found.length === wanted.length && found.every((entry, index) => print(entry) === print(wanted[index] ?? entry))
}

/** Whether a start script does nothing yet but our own block: then making it executable starts nothing else. */
export function hasCommands(bytes: string): boolean {
  const { before, after } = splitBlock(bytes)
  return (before + after)
    .split('\n')
    .map((line) => line.trim())
    .some((line) => line !== '' && !line.startsWith('#') && !/^exit(\s+\d+)?$/.test(line))
}
