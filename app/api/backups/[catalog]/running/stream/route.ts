import { route } from '@/lib/action'
import { watchRunning } from '@/lib/director/live/watch-running'
import { pollerStream } from '@/lib/stream/poller-stream'

/** Streams what the director of a catalog works on, at every look that somebody takes. */
export const GET = route('read backups', async (ctx, request, { catalog }) =>
  pollerStream(request, await watchRunning(ctx, catalog ?? ''), 'read backups'),
)
