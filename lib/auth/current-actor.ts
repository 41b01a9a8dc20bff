import { z } from 'zod'
import { type Actor, roles } from './actor'
import { auth } from './auth'

const SessionOf = z.object({
  session: z.object({ id: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), role: z.enum(roles), banned: z.boolean().nullish() }),
})

/** Who sends a request with these headers; null without a session that holds. */
export async function findActor(headers: Headers): Promise<(Actor & { kind: 'user' }) | null> {
  const found = await findSession(headers)
  if (!found) return null
  const { id, name, role } = found.user
  return { kind: 'user', id, name, role }
}

/** The id of the session that these headers carry; null without one that holds. */
export async function findSessionId(headers: Headers): Promise<string | null> {
  return (await findSession(headers))?.session.id ?? null
}

async function findSession(headers: Headers): Promise<z.output<typeof SessionOf> | null> {
  const found = SessionOf.safeParse(await auth().api.getSession({ headers }))
  return found.success && !found.data.user.banned ? found.data : null
}
