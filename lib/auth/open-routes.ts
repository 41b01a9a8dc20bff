/**
 * Everything that answers without a session. Closed: a test walks every route and action of the build, and expects
 * the sign-in from each that does not stand here.
 */
export const openPages: readonly string[] = ['/sign-in', '/welcome', '/invite', '/reset']

/** The monitor's question, and the browser tab's picture. */
export const openHandlers: readonly string[] = ['/healthz', '/icon.svg']

/** Server actions by the name they are exported under. */
export const openActions: readonly string[] = [
  'signInAction',
  'createFirstAdminAction',
  'acceptInviteAction',
  'resetPasswordAction',
]

/** The framework's own answers: that there is no such page, and that everything failed. They read nothing. */
export const errorPages: readonly string[] = ['/_not-found', '/_global-error']

/** Whether a route of the build, by its pattern (`/hosts/[id]`), is one that answers without a session. */
export function isOpenRoute(pattern: string): boolean {
  return [...openPages, ...openHandlers, ...errorPages].includes(pattern)
}
