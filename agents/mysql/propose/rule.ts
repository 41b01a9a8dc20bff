import type { Context } from './context'

/** One rule of the proposal. What is not said holds for every version that has the variable. */
export interface Rule {
  name: string
  when?: (context: Context) => boolean
  /** What it is to be, before it has to fit: a number of bytes or units, or a word. */
  wish: (context: Context) => number | string
  /** How far it may shrink to fit the budget; left out: not at all. */
  least?: (context: Context) => number
  /** What option files set stays up to this; twice the wish where it is left out. */
  most?: (context: Context) => number
  /** Words that stay where option files set them. */
  accepts?: readonly string[]
  /** A number is always the rule's own, whatever option files set. */
  isExact?: boolean
  /** It takes memory, so it does not grow on a machine that has none to give. */
  takesMemory?: boolean
  isLoose?: boolean
  reason: (context: Context) => string
  evidence?: (context: Context) => string | null
}

const giga = 2 ** 30

/** Steps by the budget: under 512 MB, under 1 GB, under 2 GB, under 4 GB, and more. */
export function byBudget<Value>({ budget }: Context, steps: readonly [Value, Value, Value, Value, Value]): Value {
  const [tiny, small, middle, large, huge] = steps
  if (budget < giga / 2) return tiny
  if (budget < giga) return small
  if (budget < 2 * giga) return middle
  return budget < 4 * giga ? large : huge
}
