import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { getAgent } from '@/lib/changes/agents'
import { type Planned, planChange } from '@/lib/changes/ask-change'
import { isAppError } from '@/lib/errors'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { sql, withReader } from '@/lib/sql'
import { isItself } from '@/lib/vantage/addresses'
import { PlaceInput } from '../store/place-input'
import { resolvePlace } from '../store/resolve-place'
import { askServer } from './ask-server'

export const PlanAccountInput = z.object({
  place: PlaceInput,
  /** The director's own account, which makes new tables; null where it is not known. */
  owner: z.string().max(80).nullable(),
})

/**
 * Plans a change of the catalog's host that makes the account which is typed, with the right to read and no other. Nothing
 * is done yet. Throws `forbidden`, `invalid` where such an account cannot be made, `conflict` where there is one of that
 * name with another password or the server does not let root make one, and what reaching the host throws.
 */
export async function planAccount(ctx: Ctx, input: z.input<typeof PlanAccountInput>): Promise<Planned> {
  authorize(ctx, 'edit catalogs')
  const { place, owner } = parseInput(PlanAccountInput, input)
  if ((place.way !== 'tunnel' && place.way !== 'client') || !isItself(place.address))
    throw fieldError(
      'address',
      'Only on the host itself, by an address such as 127.0.0.1, can Pollux make the account.',
    )
  if (place.account.kind !== 'own') throw fieldError('login', 'Type the login and password of the new account.')
  const { hostId, dialect, port, database } = place
  const { login, password } = place.account
  const table = dialect === 'mysql' ? 'Version' : 'version'
  const wish = { dialect, port, database, login, password, table, owner }
  const plan = (asked: { client: string; admin: string; seen: 'none' | 'there' }) =>
    planChange(ctx, { agentId: 'sql-account', desired: { ...wish, ...asked }, hostIds: [hostId] })
  refuseOddWords({ ...wish, ...notAsked })
  if (await canRead(place)) return plan({ ...notAsked, seen: 'there' })
  const { client, admin, accounts } = await askServer(hostId, { dialect, port, database, login })
  if (accounts > 0)
    throw fieldError(
      'login',
      `There is an account ${login} already, with another password. Type its password and test, or choose another login.`,
    )
  return plan({ client, admin, seen: 'none' })
}

/** What stands in a wish whose server was not asked; such a wish leads to no step. */
const notAsked = { client: 'mysql', admin: 'socket', seen: 'none' } as const

/** The agent's own rules for the words, before any of them goes into a question. */
function refuseOddWords(wish: object): void {
  const issue = getAgent('sql-account').desired.safeParse(wish).error?.issues[0]
  if (issue) throw fieldError(String(issue.path[0] ?? 'login'), issue.message)
}

/** Whether the account works already, so that there is nothing to make. */
async function canRead(input: PlaceInput): Promise<boolean> {
  const { place } = await resolvePlace(input)
  try {
    await withReader(place, (reader) => reader.ask(sql`SELECT 1 AS one`))
    return true
  } catch (error) {
    if (isAppError(error) && error.code === 'invalid') return false
    throw error
  }
}
