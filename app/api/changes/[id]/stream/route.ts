import { route } from '@/lib/action'
import { watchChange } from '@/lib/changes/bus'
import { type JournalPart, readJournal } from '@/lib/changes/read-journal'
import { eventStream } from '@/lib/action/event-stream'

/** Streams a change's journal lines after `?after=`, and a word that changes when the rest of its page does. */
export const GET = route('read changes', async (ctx, request, params) => {
  const changeId = Number(params.id)
  let after = Number(new URL(request.url).searchParams.get('after') ?? 0)
  const next = async (): Promise<JournalPart> => {
    const part = await readJournal(ctx, changeId, after)
    after = part.lines.at(-1)?.id ?? after
    return part
  }
  await readJournal(ctx, changeId, Number.MAX_SAFE_INTEGER)
  return eventStream(request, { next, isLast: (part) => !part.isOpen, watch: (seen) => watchChange(changeId, seen) })
})
