import type { Device, Setter } from './facts'
import { RULE_FILE } from './udev-rules'

export type Answer = 'yes' | 'no' | 'maybe'

/** Whether another setter means this device, as far as its conditions can be told from facts. */
export function setterMeans(setter: Setter, device: Device): Answer {
  const answers = setter.conditions.map((condition) => conditionHolds(condition, device))
  if (answers.includes('no')) return 'no'
  return setter.certain && !answers.includes('maybe') ? 'yes' : 'maybe'
}

/** Who has the last word at the next boot: udev files by the order of their names, start scripts and services later. */
export function isLaterThanOurs(setter: Setter, way: 'udev' | 'rc-local'): Answer {
  if (way === 'rc-local') return setter.how === 'tuned' || setter.how === 'tlp' ? 'maybe' : 'no'
  if (setter.how === 'udev-rule') return baseName(setter.file) > baseName(RULE_FILE) ? 'yes' : 'no'
  return setter.how === 'tmpfiles' ? 'maybe' : 'yes'
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '')
}

function conditionHolds({ key, op, value }: Setter['conditions'][number], device: Device): Answer {
  const actual = deviceValues(key, device)
  if (actual === undefined) return 'maybe'
  const holds = actual.some((text) => udevMatches(value, text))
  return holds === (op === '==') ? 'yes' : 'no'
}

/** What the device answers to a udev key; undefined for one that facts do not hold. */
function deviceValues(key: string, device: Device): readonly string[] | undefined {
  const flag = (value: boolean | null) => (value === null ? undefined : [value ? '1' : '0'])
  switch (key) {
    case 'ACTION':
      return ['add', 'change']
    case 'SUBSYSTEM':
      return ['block']
    case 'ENV{DEVTYPE}':
      return ['disk']
    case 'KERNEL':
      return [device.name, device.name.replaceAll('!', '/')]
    case 'ATTR{queue/rotational}':
      return flag(device.rotational)
    case 'ATTR{removable}':
      return flag(device.removable)
    case 'ATTR{queue/zoned}':
      return device.zoned === null ? undefined : [device.zoned]
    case 'ENV{ID_SERIAL}':
      return device.identity.kind.startsWith('serial') ? [device.identity.value] : undefined
    default:
      return undefined
  }
}

/** udev(7) patterns: `*`, `?`, `[…]`, and `|` between alternatives. */
export function udevMatches(pattern: string, text: string): boolean {
  return pattern.split('|').some((part) => globMatches(part.match(/\[[^\]]+\]|./gs) ?? [], [...text]))
}

// Goes back to the last star only, so that a hostile pattern costs at most pattern × text.
function globMatches(pieces: readonly string[], chars: readonly string[]): boolean {
  let piece = 0
  let star = -1
  let starAt = 0
  let at = 0
  while (at < chars.length) {
    if (pieces[piece] === '*') {
      star = piece++
      starAt = at
    } else if (pieceMatches(pieces[piece], chars[at] ?? '')) {
      piece += 1
      at += 1
    } else if (star >= 0) {
      piece = star + 1
      at = ++starAt
    } else return false
  }
  return pieces.slice(piece).every((rest) => rest === '*')
}

function pieceMatches(piece: string | undefined, char: string): boolean {
  if (piece === undefined) return false
  if (piece === '?') return true
  const inner = /^\[([!^]?)(.+)\]$/s.exec(piece)
  if (!inner) return piece === char
  const members = inner[2]?.match(/.-.|./gs) ?? []
  const isIn = members.some((m) => (m.length === 3 ? char >= (m[0] ?? '') && char <= (m[2] ?? '') : m === char))
  return isIn === (inner[1] === '')
}
