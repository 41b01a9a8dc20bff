import { findActor } from '@/lib/auth/current-actor'
import { can, type Right } from '@/lib/auth/rights'
import { eventStream } from './event-stream'
import type { Poller } from './poller'

/** Streams what a poller tells, at every look, to a reader who has the right. It ends when the reader leaves. */
export function pollerStream<T>(request: Request, poller: Poller<T>, right: Right): Response {
  return eventStream(request, {
    next: async () => poller.part(),
    isLast: () => false,
    watch: (seen) => poller.watch(seen),
    mayRead: async () => {
      const actor = await findActor(request.headers)
      return actor !== null && can(actor, right)
    },
  })
}
