import { route } from '@/lib/action'
import { findActor } from '@/lib/auth/current-actor'
import { can } from '@/lib/auth/rights'
import { watchRunning } from '@/lib/director/live/watch-running'
import { eventStream } from '@/lib/stream/event-stream'

/** Streams what the director of a catalog works on, at every look that somebody takes. It ends when the reader leaves. */
export const GET = route('read backups', async (ctx, request, params) => {
  const running = await watchRunning(ctx, params.catalog ?? '')
  return eventStream(request, {
    next: async () => running.part(),
    isLast: () => false,
    watch: (seen) => running.watch(seen),
    mayRead: async () => {
      const actor = await findActor(request.headers)
      return actor !== null && can(actor, 'read backups')
    },
  })
})
