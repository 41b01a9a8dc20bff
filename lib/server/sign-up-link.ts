import { issueFirstAdminLink } from '@/lib/auth/one-time-link'

/** The one-time link by which the first admin signs up; null as soon as there is a user. */
export async function signUpLink(url: string): Promise<string | null> {
  const issued = await issueFirstAdminLink()
  // In the fragment, which no browser sends and no log keeps.
  return issued ? `${url}/welcome#${issued.token}` : null
}
