import { type Peak, peakOf, type Values } from '../memory'
import { type Candidate, textOf, within } from './candidate'
import type { Context } from './context'
import { poolClaim, poolFloor } from './pool'
import { beforeClaim, shrinkOrder } from './shrink-order'

/** The candidates that are numbers can be made smaller one after another until all of them fit together. */
export interface Fitting {
  context: Context
  candidates: readonly Candidate[]
  /** What stands beside the proposal: the running server's values and those of the option files. */
  beside: Values
}

export function peakWith({ context, candidates, beside }: Fitting): Peak {
  const proposed = Object.fromEntries(candidates.map((candidate) => [candidate.variable.name, textOf(candidate)]))
  return peakOf({ ...beside, ...proposed }, context.input.version)
}

/**
 * Shrinks until the peak is within the budget: first the buffer pool, to its claim; then what gives way to that claim; the pool
 * to its floor, and all else in the stated order; then the connections, and last the pool to the least that starts. InnoDB keeps
 * the locks of all connections in the pool, and a MariaDB was seen to abort where twenty of them filled one of 6 MB. What is left
 * over goes back into the pool. Whether it fits in the end is for the caller to see.
 */
export function fitToBudget(fitting: Fitting): void {
  const { context, candidates } = fitting
  const pool = candidates.find(({ variable }) => variable.name === 'innodb_buffer_pool_size')
  const fits = () => peakWith(fitting).total <= context.budget
  const shrink = (order: readonly (readonly string[])[]) => {
    for (const group of order) {
      const members = candidates.filter(({ variable }) => group.includes(variable.name))
      while (!fits() && members.some(canShrink)) for (const member of members) halve(member, context)
    }
  }
  if (pool) movePool(fitting, pool, Math.max(pool.least, poolClaim(context)))
  shrink(shrinkOrder.slice(0, beforeClaim))
  if (pool) movePool(fitting, pool, Math.max(pool.least, poolFloor(context)))
  shrink(shrinkOrder.slice(beforeClaim))
  const connections = candidates.find(({ variable }) => variable.name === 'max_connections')
  while (connections && !fits() && canShrink(connections))
    connections.value = Math.max(connections.least, Math.floor(0.8 * Number(connections.value)))
  if (pool) movePool(fitting, pool, pool.least)
}

/** Everything at its least: what no budget may be below. */
export function leastPeak(fitting: Fitting): number {
  const candidates = fitting.candidates.map((candidate) =>
    typeof candidate.value === 'string'
      ? candidate
      : { ...candidate, value: Math.min(candidate.least, candidate.value) },
  )
  return peakWith({ ...fitting, candidates }).total
}

function canShrink({ value, least }: Candidate): boolean {
  return typeof value === 'number' && value > least
}

function halve(candidate: Candidate, context: Context): void {
  if (typeof candidate.value !== 'number') return
  candidate.value = Math.max(candidate.least, within(candidate.value / 2, candidate.variable, context))
}

/** The pool takes what the rest leaves, between the floor and its wish. */
function movePool(fitting: Fitting, pool: Candidate, floor: number): void {
  const { context } = fitting
  // The model counts a pool below what the server starts with as that much.
  const counted = Math.max(pool.least, pool.variable.min ?? 0)
  pool.value = counted
  // A tenth of the pool goes to its own lists; one byte is lost where that is rounded up.
  const left = (context.budget - peakWith(fitting).total - 1) / 1.1 + counted
  pool.value = Math.min(pool.wish, Math.max(floor, within(Math.max(0, left), pool.variable, context)))
  if (pool.value < pool.wish) pool.value = Math.max(pool.least, within(pool.value, pool.variable, context))
}
