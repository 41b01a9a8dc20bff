import { z } from 'zod'
import { read } from '@/lib/db'
import { type Actor, type Role, roles } from './actor'
import { auth } from './auth'
import { type HostScopes, parseHostTags, scopesOf } from './host-scope'
import { isSecondFactorRequired } from './second-factor/required'

type Person = Actor & { kind: 'user' }

const SessionOf = z.object({
  session: z.object({ id: z.string() }),
  user: z.object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    banned: z.boolean().nullish(),
    hostTags: z.string(),
    secondFactorAt: z.date().nullish(),
  }),
})

/**
 * Who sends a request with these headers; null without a session that holds, and before a second factor that he must
 * have.
 */
export async function findActor(headers: Headers): Promise<Person | null> {
  const signedIn = await findSignedIn(headers)
  return signedIn && !signedIn.mustSetUp ? signedIn.actor : null
}

/** The same, also for one who must set up a second factor before anything else: `mustSetUp`. */
export async function findSignedIn(headers: Headers): Promise<{ actor: Person; mustSetUp: boolean } | null> {
  const found = await findSession(headers)
  if (!found) return null
  const { id, name, role, hostTags, secondFactorAt } = found.user
  const mustSetUp = !secondFactorAt && (await read(isSecondFactorRequired))
  return { actor: { kind: 'user', id, name, role, ...boundsOf(role, hostTags) }, mustSetUp }
}

/** What bounds a person of this role. An admin is bound by nothing, and a viewer touches no host. */
export function boundsOf(role: Role, hostTags: string): { hostScopes?: HostScopes } {
  const scopes = role === 'operator' ? scopesOf(parseHostTags(hostTags)) : []
  return scopes.length > 0 ? { hostScopes: scopes } : {}
}

/** The id of the session that these headers carry; null without one that holds. */
export async function findSessionId(headers: Headers): Promise<string | null> {
  return (await findSession(headers))?.session.id ?? null
}

async function findSession(headers: Headers): Promise<z.output<typeof SessionOf> | null> {
  const found = SessionOf.safeParse(await auth().api.getSession({ headers }))
  return found.success && !found.data.user.banned ? found.data : null
}
