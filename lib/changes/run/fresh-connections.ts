import type { IncomingMessage, ServerResponse } from 'node:http'
import { openedAt } from '@/lib/auth/peer'
import { single } from '@/lib/config/single'

/**
 * When each change asked for a person's word, by the process's own clock (performance.now). After a restart every
 * connection is a new one, and every open change asks again.
 */
function asked(): Map<number, number> {
  return single('asked-a-person', () => new Map<number, number>())
}

/** From now on a person's word for this change counts only over a connection that is opened later. */
export function askOverNewConnections(changeId: number): void {
  asked().set(changeId, performance.now())
}

/** No person's word is waited for any more. */
export function askNoMore(changeId: number): void {
  asked().delete(changeId)
}

/** Whether a connection opened then (performance.now) is newer than the change's question; an unknown one never is. */
export function isNewConnection(changeId: number, opening: number | null): boolean {
  const since = asked().get(changeId)
  return since !== undefined && opening !== null && opening > since
}

/**
 * Has a connection closed behind its next answer when it is older than a question that is open: a browser that kept it
 * must open a new one then. The server calls it before each answer.
 */
export function closeOldConnection(request: IncomingMessage, response: ServerResponse): void {
  const opening = openedAt(request)
  if (opening !== null && [...asked().values()].some((since) => opening <= since))
    response.setHeader('connection', 'close')
}
