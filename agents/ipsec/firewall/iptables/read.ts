import { chainFront, type Tagged } from '../names'
import { ownChains } from './rules'

/** The admin's chains that the mesh's gates are jumped to from. */
export interface Hooks {
  in: string
  out: string
}

export const plainHooks: Hooks = { in: 'INPUT', out: 'OUTPUT' }
/** Where ufw takes what an admin puts before its own rules (ufw-framework(8)). */
export const ufwHooks: Hooks = { in: 'ufw-before-input', out: 'ufw-before-output' }

/** What of a mesh stands in `iptables -S`. */
export interface OwnRules {
  chains: readonly string[]
  /** The lines of its chains, letter by letter. */
  lines: readonly string[]
  /** The jump to its gates: at which place of which chain, from 1. */
  jumps: readonly { hook: string; gate: string; place: number }[]
}

/** Finds a mesh's chains, rules and jumps in the text of `iptables -S`. */
export function readOwn(text: string, mesh: Tagged): OwnRules {
  const all = text.split('\n')
  const own = new Set(ownChains(mesh))
  const places = new Map<string, number>()
  const jumps = all.flatMap((line) => {
    const [, chain, rest] = /^-A (\S+) (.*)$/.exec(line) ?? []
    if (chain === undefined || own.has(chain)) return []
    const place = (places.get(chain) ?? 0) + 1
    places.set(chain, place)
    const gate = /^-j (\S+)$/.exec(rest ?? '')?.[1] ?? ''
    return own.has(gate) ? [{ hook: chain, gate, place }] : []
  })
  return {
    chains: all.flatMap((line) => (line.startsWith(`-N ${chainFront(mesh)}`) ? [line.slice(3)] : [])),
    lines: all.filter((line) => line.startsWith(`-A ${chainFront(mesh)}`)),
    jumps,
  }
}
