import { route } from '@/lib/action'
import { readJournal } from '@/lib/changes/read-journal'

/** A change's whole journal as a text file. */
export const GET = route('read changes', async (ctx, _request, params) => {
  const changeId = Number(params.id)
  const { lines } = await readJournal(ctx, changeId, 0)
  const text = lines
    .map((line) => `${line.at} ${line.host} ${line.kind === 'output' ? '  ' : ''}${line.text}\n`)
    .join('')
  return new Response(text, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="change-${changeId}.txt"`,
      'x-content-type-options': 'nosniff',
    },
  })
})
