import { ruleFor } from '../variables'
import type { Context } from './context'

const mega = 2 ** 20
const giga = 2 ** 30

/** The share of the budget that pages of InnoDB may take, before the rest has to fit. */
const shares = { alone: 0.7, shared: 0.6, 'tiny-nas': 0.5 } as const

/** A pool of this many bytes holds all that is there, and what comes in a while; endless where the tables are not known. */
function enoughForTables(context: Context): number {
  const found = context.engine('InnoDB')
  if (found === null) return Number.POSITIVE_INFINITY
  return Math.max(32 * mega, 1.5 * (found.data + found.index))
}

/** What the pool is to be where nothing stands against it. */
export function poolWish(context: Context): number {
  const { input, budget } = context
  const wish = Math.min(shares[input.purpose] * budget, enoughForTables(context))
  // A process of 32 bits has 2 to 3 GB of addresses, for the pool and all else.
  return input.machine.bits === 32 ? Math.min(wish, 1.5 * giga) : wish
}

/**
 * What the pool keeps while temporary tables, packets and repairs can still give way. A batch of Bacula looks each name up in
 * indexes that no small pool holds, and makes next to no use of those: its temporary tables have BLOB columns, and lie on the disk.
 */
export function poolClaim(context: Context): number {
  const floor = poolFloor(context)
  return context.input.load === 'bacula' ? Math.max(floor, (2 / 3) * poolWish(context)) : floor
}

/** The pool gives way to all other values down to here: an eighth of the budget. */
export function poolFloor(context: Context): number {
  return Math.max(poolLeast(context), Math.min(poolWish(context), context.budget / 8))
}

/** The least that the server starts with. */
export function poolLeast({ input }: Context): number {
  return ruleFor('innodb_buffer_pool_size', input.version)?.startsFrom ?? 0
}

/** Chunks are of use from MySQL 5.7.5 and MariaDB 10.2.2 on: the pool is a multiple of them. */
export function hasChunks(context: Context): boolean {
  return context.has('innodb_buffer_pool_chunk_size')
}

/** 8 MB up to a pool of 8 GB, so that it can change in small steps and has no more than 1000 chunks. */
export function chunkWish(context: Context): number {
  return poolWish(context) > 8 * giga ? 128 * mega : 8 * mega
}

/** What the pool has to be a multiple of; one chunk is as small as the pool where that is smaller. */
export function poolStep(context: Context, pool: number): number {
  const chunk = chunkWish(context)
  return hasChunks(context) && pool >= chunk ? chunk : mega
}
