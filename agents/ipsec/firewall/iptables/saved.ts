import type { Guarded } from '../guarded'
import { chainFront, chainsOf, ways } from '../names'
import { declared } from './live'
import type { Hooks } from './read'
import { ownChains, ruleLines, sameRule } from './rules'

/**
 * The text of a file that iptables-restore loads, with the mesh's rules as they are to stand, in one block before the first
 * rule; each other byte stays. Without a whole table filter in it there is no place for them: null.
 */
export function savedWith(bytes: string, guarded: Guarded, hooks: Hooks): string | null {
  const lines = bytes.split('\n')
  if (firstRule(lines) === null) return null
  const isOwn = ownLine(guarded)
  const own = lines.filter(isOwn)
  const block = blockOf(guarded, hooks)
  if (isSame(own, block)) return bytes
  const others = lines.filter((line) => !isOwn(line))
  const at = firstRule(others)
  return at === null ? null : [...others.slice(0, at), ...block, ...others.slice(at)].join('\n')
}

/** The line behind the names of the chains of the table filter; null where the table does not begin and end. */
function firstRule(lines: readonly string[]): number | null {
  const start = lines.findIndex((line) => line.trim() === '*filter')
  const end = lines.findIndex((line, at) => at > start && line.trim() === 'COMMIT')
  if (start < 0 || end < 0) return null
  const last = lines.findLastIndex((line, at) => at > start && at < end && line.trimStart().startsWith(':'))
  return Math.max(start, last) + 1
}

function blockOf(guarded: Guarded, hooks: Hooks): string[] {
  if (guarded.own === null) return []
  return [
    noteOf(guarded),
    ...ownChains(guarded).map(declared),
    ...ways.map((way) => `-A ${hooks[way]} -j ${chainsOf(guarded, way).gate}`),
    ...ruleLines(guarded),
  ]
}

function noteOf({ tag }: Guarded): string {
  return `# Mesh ${tag}: written by Pollux`
}

/** The note is lost where iptables-save wrote the file anew: without it the rules are the same. */
function isSame(own: readonly string[], block: readonly string[]): boolean {
  const [a, b] = [own, block].map((lines) =>
    lines
      .filter((line) => !line.startsWith('#'))
      .map(sameRule)
      .toSorted(),
  )
  return JSON.stringify(a) === JSON.stringify(b) && (block.length > 0 || own.length === 0)
}

function ownLine(mesh: Guarded): (line: string) => boolean {
  const front = chainFront(mesh)
  const gates: readonly string[] = ways.map((way) => chainsOf(mesh, way).gate)
  return (line) => {
    if (line === noteOf(mesh)) return true
    const rule = line.replace(/^\[\d+:\d+\] /, '')
    const jumpsTo = /^-A \S+ -j (\S+)$/.exec(rule)?.[1]
    return rule.startsWith(`:${front}`) || rule.startsWith(`-A ${front}`) || gates.includes(jumpsTo ?? '')
  }
}
