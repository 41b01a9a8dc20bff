import { z } from 'zod'
import { type Actor, roles } from './actor'
import { auth } from './auth'

const SessionUser = z.object({ id: z.string(), name: z.string(), role: z.enum(roles), banned: z.boolean().nullish() })

/** Who sends a request with these headers; null without a session that holds. */
export async function findActor(headers: Headers): Promise<(Actor & { kind: 'user' }) | null> {
  const session = await auth().api.getSession({ headers })
  const user = SessionUser.safeParse(session?.user)
  if (!user.success || user.data.banned) return null
  const { id, name, role } = user.data
  return { kind: 'user', id, name, role }
}
