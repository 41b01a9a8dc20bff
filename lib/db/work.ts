import type { Prisma } from '@/prisma/generated/client/client'
import { store } from './client'

/** What a unit of work may do: the client's models inside one transaction. */
export type Tx = Prisma.TransactionClient

/**
 * Runs a unit of work that writes, in one transaction. `run` may be run again from the start when the store
 * was busy, so it reads what it decides on inside, and touches nothing outside the store.
 */
export function work<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return store().$transaction(run)
}

/** Runs a unit of work that only reads, without a transaction of its own. */
export function read<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return run(store())
}
