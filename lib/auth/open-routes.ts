/**
 * Every way in without a session. The lists are closed: a test walks what the build made and fails for any page, route
 * handler or server action that answers a stranger and is not named here.
 */

/** Pages in front of the door, and Next's own for what is not there. */
export const openPages: readonly string[] = [
  '/sign-in',
  '/welcome',
  '/invite',
  '/reset',
  '/_not-found',
  '/_global-error',
]

/**
 * Route handlers: for a monitor, which says no more than whether Pollux works; for one that has the token of an admin; and the
 * picture in the browser's tab.
 */
export const openHandlers: readonly string[] = ['/healthz', '/metrics', '/icon.svg']

/** Route handlers that answer an API token and nothing else: a session is not looked at. */
export const tokenHandlers: readonly string[] = [
  '/api/v1/audit',
  '/api/v1/backups',
  '/api/v1/changes',
  '/api/v1/changes/[changeId]',
  '/api/v1/changes/[changeId]/approve',
  '/api/v1/changes/[changeId]/ask',
  '/api/v1/changes/[changeId]/drop',
  '/api/v1/changes/[changeId]/revert',
  '/api/v1/changes/[changeId]/stop',
  '/api/v1/hosts',
  '/api/v1/hosts/[id]',
]

/** Server actions, by their exported names: what the pages in front of the door send. */
export const openActions: readonly string[] = [
  'signInAction',
  'createFirstAdminAction',
  'acceptInviteAction',
  'resetPasswordAction',
]

/** Whether a page or route handler (its pattern, as in `/hosts/[id]`) answers without a session. */
export function isOpenRoute(pattern: string): boolean {
  return openPages.includes(pattern) || openHandlers.includes(pattern)
}
