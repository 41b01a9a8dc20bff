import { hasNul, rawOf, textOf, trimSpace } from './logical-lines'
import type { MainCf } from './main-cf'
import { splitNameValue } from './name-value'
import type { Problem } from './problem'

/** What Postfix would die of or complain of when it reads the file, in order, and parameters that are given twice. */
export function mainProblems({ blocks }: MainCf): Problem[] {
  const seen = new Map<string, number>()
  return blocks.flatMap((block): Problem[] => {
    const { line } = block
    if (block.kind === 'gap') return []
    if (block.kind === 'orphan') return [{ line, kind: 'warning', text: orphanText(rawOf(block)) }]
    const split = splitNameValue(textOf(block))
    if (!split.ok) return [{ line, kind: 'fatal', text: `The line ${split.why}.` }, ...nulProblem(block)]
    const { name } = split
    const earlier = seen.get(name)
    seen.set(name, line)
    return [
      ...nulProblem(block),
      ...(isName(name) ? [] : [{ line, kind: 'warning' as const, text: `No parameter is called ${quoted(name)}.` }]),
      ...(earlier === undefined
        ? []
        : [
            {
              line,
              kind: 'info' as const,
              text: `${name} stood in line ${earlier} already: Postfix takes the last one.`,
            },
          ]),
    ]
  })
}

/** Also for master.cf, which is read by the same rules. */
export function orphanText(raw: string): string {
  // The first word alone: what follows may be a password.
  const [first = ''] = /^[^ \t\n\v\f\r=]*/.exec(trimSpace(raw)) ?? []
  return `What begins with ${quoted(first)} is indented but continues nothing: Postfix ignores it.`
}

/** Also for master.cf. */
export function nulProblem(block: Parameters<typeof hasNul>[0] & { line: number }): Problem[] {
  if (!hasNul(block)) return []
  return [{ line: block.line, kind: 'warning', text: 'Here is a NUL byte: Postfix reads nothing of what follows it.' }]
}

function isName(name: string): boolean {
  // What transports are called is part of some names.
  return /^[A-Za-z0-9_.:-]+$/.test(name)
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
