import type { Values } from '../memory'
import { megabytes, parseSize } from '../variables'
import { type Candidate, candidateOf, textOf } from './candidate'
import { type Context, contextOf, currentName, normalName, whyShort } from './context'
import { type Fitting, fitToBudget, leastPeak, peakWith } from './fit'
import type { ProposalInput } from './input'
import { abbreviationNote, takenOut } from './odd-settings'
import type { Proposal, ProposedValue } from './proposal'
import { rules } from './rules'
import { warningsOf } from './warnings'

/**
 * One consistent set of values for a server of this version on this machine, whose peak memory is within the budget, or a refusal
 * that says what the least would be. Pure, and a proposal on its own result changes nothing. What the rules do not name stays as it
 * is, and counts in the peak.
 */
export function propose(input: ProposalInput): Proposal {
  const context = contextOf(input)
  const candidates = rules.flatMap((rule) => candidateOf(rule, context) ?? [])
  const fitting: Fitting = { context, candidates, beside: valuesBeside(input) }
  fitToBudget(fitting)
  const { total, parts, assumptions } = peakWith(fitting)
  return {
    values: [...candidates.map((candidate) => proposedValue(candidate, context)), ...takenOut(context)],
    peak: { total, parts, assumptions },
    budget: { bytes: input.budgetBytes, left: input.budgetBytes - total, isWithin: total <= input.budgetBytes },
    warnings: warningsOf(context),
    refusals: refusalsOf(fitting, total),
  }
}

/** What counts beside the proposal: the running values, and over them what option files bring at the next start. */
export function valuesBeside(input: ProposalInput): Values {
  const said = input.settings.flatMap(({ name, value }) => {
    const normal = normalName(name)
    return normal === null || value === null ? [] : [[currentName(normal, input), value] as const]
  })
  return { ...input.today, ...Object.fromEntries(said) }
}

function proposedValue(candidate: Candidate, context: Context): ProposedValue {
  const { rule, variable } = candidate
  const setting = context.set(rule.name)
  const from = setting?.value ?? context.today(rule.name)
  const to = textOf(candidate)
  const kept = from !== null && isSame(from, to)
  const shortened = abbreviationNote(setting)
  return {
    name: rule.name,
    from,
    to,
    reason: [shortened, kept ? 'It stays.' : null, rule.reason(context)].filter((part) => part !== null).join(' '),
    evidence: rule.evidence?.(context) ?? null,
    dynamic: variable.isDynamic && !isRoundedUp(candidate, context),
    source: variable.source,
    loose: rule.isLoose === true,
    kept,
  }
}

/** A running server rounds the pool up to its own chunks, which only a restart changes. */
function isRoundedUp({ variable, value }: Candidate, context: Context): boolean {
  if (variable.name !== 'innodb_buffer_pool_size' || typeof value !== 'number') return false
  if (!context.has('innodb_buffer_pool_chunk_size')) return false
  const chunk = parseSize(context.today('innodb_buffer_pool_chunk_size') ?? '') || 128 * 2 ** 20
  const instances = context.has('innodb_buffer_pool_instances')
    ? parseSize(context.today('innodb_buffer_pool_instances') ?? '') || 1
    : 1
  return value % (chunk * instances) !== 0
}

/** `16k` is `16K` is 16384; `1` is `ON`. */
function isSame(a: string, b: string): boolean {
  const [first, second] = [parseSize(a), parseSize(b)]
  if (first !== null && second !== null) return first === second
  return plain(a) === plain(b)
}

function plain(text: string): string {
  const word = text.trim().toLowerCase()
  return ({ '1': 'on', true: 'on', '0': 'off', false: 'off' } as Record<string, string>)[word] ?? word
}

function refusalsOf(fitting: Fitting, total: number): string[] {
  const { context } = fitting
  const short = whyShort(context.input)
  const least = leastPeak(fitting)
  const without = context.has('performance_schema') ? ' with performance_schema off' : ''
  return [
    ...(short === null ? [] : [`Nothing that takes memory is raised, since ${short}.`]),
    ...(total <= context.budget
      ? []
      : [
          `${context.label}${without} needs at least ${megabytes(least)}; ${megabytes(context.budget)} do not hold it.`,
        ]),
  ]
}
