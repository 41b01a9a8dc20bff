import type { Context } from './context'
import { byBudget } from './rule'

const kilo = 2 ** 10
const mega = 2 ** 20

/** The most connections that were ever in use at once, as far as the server told. */
export function usedConnections(context: Context): number {
  return context.counter('Max_used_connections') ?? 0
}

/** By load and budget, but more than were ever used. */
export function connectionsWish(context: Context): number {
  const { load, purpose } = context.input
  const steps = {
    bacula: [10, 20, 20, 30, 50],
    general: [15, 30, 50, 80, 100],
    web: [20, 30, 60, 100, 150],
  } as const
  const wish = byBudget(context, steps[load])
  // A fifth more than were ever used, and one for the administrator.
  return Math.max(purpose === 'tiny-nas' ? Math.min(wish, 20) : wish, Math.ceil(1.2 * usedConnections(context)) + 1)
}

/** All connections may hold one at once: together they ask for a sixth of the budget, which the pool has more use for. */
export function temporaryWish(context: Context): number {
  const share = Math.floor(context.budget / 6 / connectionsWish(context) / mega) * mega
  return Math.max(mega, Math.min(share, byBudget(context, [2 * mega, 4 * mega, 4 * mega, 8 * mega, 16 * mega])))
}

/** What MyISAM's indexes ask of the key cache: nothing where there are none; a little where that is not known. */
export function keyBufferWish(context: Context): number {
  const most = byBudget(context, [8, 16, 32, 64, 128] as const) * mega
  const index = context.engine('MyISAM')?.index
  if (index === undefined) return byBudget(context, [256 * kilo, mega, 4 * mega, 8 * mega, 16 * mega])
  return Math.min(most, Math.max(16 * kilo, index))
}
