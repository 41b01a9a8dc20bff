import { createHash } from 'node:crypto'
import type { RunStep, Step } from '@/lib/agent'
import type { Guarded } from '../guarded'
import { chainFront, chainsOf, ways } from '../names'
import { look, type StepIds } from '../part'
import { iptablesProgram } from './program'
import { type Hooks, type OwnRules, readOwn } from './read'
import { ownChains, ruleLines, sameRule } from './rules'

/** Which of the mesh's lines go and which come, so that those between keep their counters. */
export interface RuleChange {
  goes: readonly string[]
  comes: readonly string[]
}

/** What differs between the rules that stand and those that are to. */
export function ruleChange(own: OwnRules, guarded: Guarded): RuleChange {
  const missing = new Map(ruleLines(guarded).map((line) => [sameRule(line), line] as const))
  const goes = own.lines.filter((line) => !missing.delete(sameRule(line)))
  return { goes, comes: [...missing.values()] }
}

/** Whether the mesh's rules stand in `iptables -S` as they are to, jumped to from both hooks. */
export function rulesStand(text: string, guarded: Guarded, hooks: Hooks): boolean {
  const own = readOwn(text, guarded)
  if (guarded.own === null) return own.chains.length === 0 && own.jumps.length === 0
  const { goes, comes } = ruleChange(own, guarded)
  const isJumped = ways.every((way) => own.jumps.some((jump) => isJump(jump, guarded, hooks, way)))
  return goes.length === 0 && comes.length === 0 && isJumped
}

function isJump(jump: OwnRules['jumps'][number], mesh: Guarded, hooks: Hooks, way: keyof Hooks): boolean {
  return jump.hook === hooks[way] && jump.gate === chainsOf(mesh, way).gate
}

/** The steps that bring the rules from how they stand in `text` (`iptables -S`) to how they are to; none where they do. */
export function liveSteps(text: string, guarded: Guarded, hooks: Hooks, id: StepIds): Step[] {
  if (rulesStand(text, guarded, hooks)) return []
  const own = readOwn(text, guarded)
  const isKept = guarded.own !== null
  const set: RunStep = {
    kind: 'run',
    id: id('rules'),
    title: isKept
      ? `Set the rules of the mesh ${guarded.tag} (iptables)`
      : `Remove the rules of the mesh ${guarded.tag} (iptables)`,
    timeoutS: 60,
    ...(isKept ? toWanted(own, guarded, hooks) : toNothing(own, guarded)),
    undo: { ...toBefore(own, guarded, hooks), timeoutS: 60 },
    isUndone: iptablesProgram('asBefore', chainFront(guarded), sumOf(text, chainFront(guarded))),
    isStanding: proof(guarded, hooks),
    undoAfterBoot: true,
  }
  return [set, look({ id: id('seen'), title: 'See that the rules stand', run: proof(guarded, hooks) }, true)]
}

function proof({ tag, own, peers }: Guarded, hooks: Hooks) {
  if (own === null) return iptablesProgram('none', chainFront({ tag }))
  const words = peers.flatMap(({ label, address, device }) => [label, address, device])
  return iptablesProgram('seen', chainFront({ tag }), hooks.in, hooks.out, ...words)
}

function toWanted(own: OwnRules, guarded: Guarded, hooks: Hooks) {
  const { goes, comes } = ruleChange(own, guarded)
  const chains = ownChains(guarded).filter((chain) => !own.chains.includes(chain))
  const input = text([...chains.map(declared), ...goes.map((line) => line.replace(/^-A/, '-D')), ...comes])
  return { run: iptablesProgram('setRules', ...jumpWords(guarded, hooks)), input }
}

/** J and its words for both hooks, from the first place on. */
export function jumpWords(mesh: Guarded, hooks: Hooks): string[] {
  return ways.flatMap((way) => ['J', hooks[way], chainsOf(mesh, way).gate, '1'])
}

function toNothing(own: OwnRules, mesh: Guarded) {
  const jumps = own.jumps.flatMap(({ hook, gate }) => ['D', hook, gate])
  return { run: iptablesProgram('setRules', ...jumps, ...ownChains(mesh).flatMap((chain) => ['X', chain])), input: '' }
}

/** From whatever state: its chains anew, as they were. */
function toBefore(own: OwnRules, mesh: Guarded, hooks: Hooks) {
  const had = (hook: string, gate: string) => own.jumps.some((jump) => jump.hook === hook && jump.gate === gate)
  const words = [
    ...own.jumps.flatMap(({ hook, gate, place }) => ['J', hook, gate, String(place)]),
    ...ways.flatMap((way) => {
      const { gate } = chainsOf(mesh, way)
      return had(hooks[way], gate) ? [] : ['D', hooks[way], gate]
    }),
    ...ownChains(mesh).flatMap((chain) => (own.chains.includes(chain) ? [] : ['X', chain])),
  ]
  return { run: iptablesProgram('setRules', ...words), input: text([...own.chains.map(declared), ...own.lines]) }
}

/** A chain of its own in iptables-restore's words: made, or emptied where it is there. */
export function declared(chain: string): string {
  return `:${chain} - [0:0]`
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

function sumOf(rules: string, front: string): string {
  const lines = rules.split('\n').filter((line) => line.includes(front))
  return createHash('sha256').update(text(lines)).digest('hex')
}

/** The whole of the mesh's rules as iptables-restore takes them, from nothing. */
export function wholeRules(guarded: Guarded): string {
  return text([...ownChains(guarded).map(declared), ...ruleLines(guarded)])
}
