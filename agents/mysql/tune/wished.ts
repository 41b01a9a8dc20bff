import { refuse } from '@/lib/agent'
import type { TuneDesired } from '../desired'
import type { ResolvedServer } from '../server/resolve-server'
import { ruleFor, type VariableRule } from '../variables'
import { shownValue, whyNotTaken } from './shown-value'

/** One value that is asked for. */
export interface Wished {
  name: string
  /** As the option file says it. */
  value: string
  /** As `SHOW GLOBAL VARIABLES` says it when the server has it. */
  shown: string
  /** As it says it now; null where it does not name the variable. */
  now: string | null
  /** The server has another value now. */
  isPending: boolean
  isDynamic: boolean
  rule: VariableRule
}

/**
 * What is asked for, beside what the server has.
 * @throws AppError `invalid` for a variable that this version does not know, or a value that it would not take
 */
export function wishedValues({ version, said, hostName }: ResolvedServer, { values }: TuneDesired): Wished[] {
  return Object.entries(values)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const rule = ruleFor(name, version)
      if (!rule) throw refuse(`Pollux knows nothing of a variable ${name}.`, `values.${name}`)
      if (!rule.isKnown || rule.doesNothing) throw refuse(unknownWords(rule, version.text, hostName), `values.${name}`)
      const why = whyNotTaken(rule, value)
      if (why !== null) throw refuse(why, `values.${name}`)
      const shown = shownValue(rule, value)
      const now = said.variables[name] ?? null
      return { name, value, shown, now, isPending: !isSame(rule, now, shown), isDynamic: rule.isDynamic, rule }
    })
}

function isSame({ kind }: VariableRule, now: string | null, shown: string): boolean {
  if (now === null) return false
  // `/tmp` and `/tmp/` are one folder.
  if (kind === 'path') return now.replace(/(.)\/$/, '$1') === shown.replace(/(.)\/$/, '$1')
  return now === shown
}

function unknownWords({ name, doesNothing, replacedBy }: VariableRule, version: string, hostName: string): string {
  const instead = replacedBy ? ` Its place was taken by ${replacedBy}.` : ''
  return doesNothing
    ? `${name} does nothing any more in ${version}.${instead}`
    : `${version} on ${hostName} does not start with ${name}: it does not know it.${instead}`
}
