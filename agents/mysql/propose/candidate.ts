import { formatSize, parseSize, ruleFor, type VariableRule } from '../variables'
import type { Context } from './context'
import { poolStep } from './pool'
import type { Rule } from './rule'

/** A value that is still being fitted. */
export interface Candidate {
  rule: Rule
  variable: VariableRule
  value: number | string
  /** The numbers between which it may move; both are the value itself for words. */
  least: number
  wish: number
}

/** The value with which fitting begins: what option files set where that is good, else the wish of the rule. */
export function candidateOf(rule: Rule, context: Context): Candidate | null {
  const variable = ruleFor(rule.name, context.input.version)
  if (variable === null || !context.has(rule.name) || rule.when?.(context) === false) return null
  const said = context.set(rule.name)?.value ?? null
  const wished = rule.wish(context)
  if (typeof wished === 'string') {
    const accepted = rule.accepts?.find((word) => word.toLowerCase() === said?.toLowerCase())
    return { rule, variable, value: accepted ?? wished, least: 0, wish: 0 }
  }
  const wish = within(wished, variable, context)
  const least = Math.min(wish, rule.least ? within(rule.least(context), variable, context, 'up') : wish)
  const number = said === null ? null : parseSize(said)
  const most = rule.most?.(context) ?? 2 * wish
  const isGood =
    number !== null &&
    !rule.isExact &&
    number >= least &&
    number <= most &&
    within(number, variable, context) === number
  const value = limited(isGood ? number : wish, least, rule, variable, context)
  return { rule, variable, value, least, wish: rule.isExact ? value : wish }
}

/** What takes memory does not grow beyond today where the machine has none to give. */
function limited(value: number, least: number, rule: Rule, variable: VariableRule, context: Context): number {
  if (!rule.takesMemory || !context.isShort) return value
  const today = parseSize(context.today(rule.name) ?? context.set(rule.name)?.value ?? '')
  return today === null || today < 0 ? value : Math.max(least, within(Math.min(value, today), variable, context))
}

/** The nearest value that the server takes as it is: in its bounds, in its blocks, and not below what it starts with. */
export function within(
  value: number,
  variable: VariableRule,
  context: Context,
  direction: 'down' | 'up' = 'down',
): number {
  const block = variable.name === 'innodb_buffer_pool_size' ? poolStep(context, value) : variable.block
  const round = direction === 'up' ? Math.ceil : Math.floor
  const upper = variable.max === null ? value : Math.min(value, variable.max)
  const rounded = round(upper / block) * block
  const lower = variable.startsFrom ?? variable.min
  if (lower === null || rounded >= lower) return rounded
  return Math.ceil(lower / variable.block) * variable.block
}

/** As an option file says it. */
export function textOf({ value, variable }: Candidate): string {
  if (typeof value === 'string') return value
  return variable.kind === 'size' ? formatSize(value) : String(value)
}
