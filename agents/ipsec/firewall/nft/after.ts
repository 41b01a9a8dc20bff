import type { Guarded } from '../guarded'
import { nftChain, nftTable, ways } from '../names'
import { placesOf, rulesStand } from './live'
import { acceptRules, dropTable } from './rules'

/** `nft list ruleset` as it will read once the mesh's rules were set or removed. */
export function nftAfter(text: string, guarded: Guarded): string {
  if (rulesStand(text, guarded)) return text
  const places = placesOf(text, guarded)
  const without = removed(text, guarded)
  if (guarded.own === null) return without
  const lines = places.reduce((all, place) => withJump(all, place, guarded), without.split('\n'))
  return `${lines.join('\n')}${dropTable(guarded)}\n`
}

/** Without the mesh's own table, its chains and the jumps to them. */
function removed(text: string, guarded: Guarded): string {
  const front = nftTable(guarded)
  const chains = ways.map((way) => `\tchain ${nftChain(guarded, way)} {`)
  let until: string | null = null
  const kept = text.split('\n').filter((line) => {
    if (until !== null) {
      if (line === until) until = null
      return false
    }
    if (line.startsWith(`table ip ${front} {`)) until = '}'
    else if (chains.includes(line)) until = '\t}'
    return until === null && !line.trimStart().startsWith(`jump ${front}_`)
  })
  return kept.join('\n').replaceAll(/\n\n\}/g, '\n}')
}

function withJump(
  lines: readonly string[],
  { family, table, chain, way }: ReturnType<typeof placesOf>[number],
  guarded: Guarded,
): string[] {
  const own = nftChain(guarded, way)
  const start = lines.findIndex((line) => line.startsWith(`table ${family} ${table} {`))
  const head = lines.findIndex((line, at) => at > start && line.startsWith(`\tchain ${chain} {`)) + 1
  const end = lines.findIndex((line, at) => at > start && line === '}')
  const isMade = lines.slice(start, end).includes(`\tchain ${own} {`)
  const made = isMade ? [] : ['', `\tchain ${own} {`, ...acceptRules(guarded, way).map((rule) => `\t\t${rule}`), '\t}']
  return [...lines.slice(0, head + 1), `\t\tjump ${own}`, ...lines.slice(head + 1, end), ...made, ...lines.slice(end)]
}
