import { route } from '@/lib/action'
import { findActor } from '@/lib/auth/current-actor'
import { watchChange } from '@/lib/changes/bus'
import { readJournal } from '@/lib/changes/read-journal'
import { eventStream } from '@/lib/stream/event-stream'

/** Streams a change's journal lines after `?after=`, and a word that changes when the rest of its page does. */
export const GET = route('read changes', async (ctx, request, params) => {
  const changeId = Number(params.id)
  let after = Number(new URL(request.url).searchParams.get('after')) || 0
  // Throws not-found before the stream begins.
  await readJournal(ctx, changeId, Number.MAX_SAFE_INTEGER)
  return eventStream(request, {
    async next() {
      const part = await readJournal(ctx, changeId, after)
      after = part.lines.at(-1)?.id ?? after
      return part
    },
    isLast: (part) => !part.isOpen,
    watch: (seen) => watchChange(changeId, seen),
    mayRead: async () => (await findActor(request.headers)) !== null,
  })
})
