import type { Guarded } from '../guarded'
import { chainsOf, ways } from '../names'
import { rulesStand } from './live'
import { type Hooks, readOwn } from './read'
import { ownChains, ruleLines } from './rules'

/** `iptables -S` as it will read once the mesh's rules were set or removed. */
export function iptablesAfter(text: string, guarded: Guarded, hooks: Hooks): string {
  if (rulesStand(text, guarded, hooks)) return text
  const own = readOwn(text, guarded)
  const chains = new Set(own.chains.map((chain) => `-N ${chain}`))
  const jumps = new Set(own.jumps.map(({ hook, gate }) => `-A ${hook} -j ${gate}`))
  const lines = new Set(own.lines)
  const others = text.split('\n').filter((line) => line !== '' && ![chains, jumps, lines].some((set) => set.has(line)))
  const added = guarded.own === null ? [] : ownChains(guarded).map((chain) => `-N ${chain}`)
  const jumped = guarded.own === null ? [] : ways.map((way) => `-A ${hooks[way]} -j ${chainsOf(guarded, way).gate}`)
  const at = others.findIndex((line) => line.startsWith('-A '))
  const firstRule = at < 0 ? others.length : at
  return [
    ...others.slice(0, firstRule),
    ...added,
    ...jumped,
    ...others.slice(firstRule),
    ...ruleLines(guarded),
    '',
  ].join('\n')
}
