import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { single } from '@/lib/config/single'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/prisma/generated/client/client'
import { store } from './client'

/** What a unit of work may do: the client's models inside one transaction. */
export type Tx = Prisma.TransactionClient

const attempts = 6

/**
 * Runs a unit of work that writes, in one transaction. `run` may be run again from the start when the store
 * was busy, so it reads what it decides on inside, and touches nothing outside the store. The store does one
 * transaction at a time: `run` waits for nothing but the store, and opens no second unit of work.
 */
export async function work<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  refuseNested()
  for (let attempt = 1; ; attempt += 1) {
    const frame = { isOpen: true }
    try {
      return await openFrames().run(frame, () => store().$transaction(run))
    } catch (error) {
      if (!isBusy(error) || attempt === attempts) throw error
      await sleep(10 * 2 ** attempt * (0.5 + Math.random()))
    } finally {
      frame.isOpen = false
    }
  }
}

/** Runs a unit of work that only reads, without a transaction of its own. */
export async function read<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  refuseNested()
  return run(store())
}

// A query beside an open transaction would wait for it to end, and it for the query: better to say so at once.
function refuseNested(): void {
  if (openFrames().getStore()?.isOpen)
    throw new AppError(
      'internal',
      'expected the unit of work that is open to hand on its tx, got a second unit inside it',
    )
}

function openFrames(): AsyncLocalStorage<{ isOpen: boolean }> {
  return single('db-frames', () => new AsyncLocalStorage<{ isOpen: boolean }>())
}

// P1008: the store stayed locked, or another process wrote after this transaction had read. P2034: Prisma's word for a conflict.
function isBusy(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P1008' || error.code === 'P2034')
}
