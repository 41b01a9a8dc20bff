import { route } from '@/lib/action'
import { readWholeJournal } from '@/lib/changes/read-journal'

/** A change's whole journal as a text file. */
export const GET = route('read changes', async (ctx, _request, params) => {
  const changeId = Number(params.id)
  const parts: string[] = []
  for await (const lines of readWholeJournal(ctx, changeId))
    for (const line of lines) parts.push(`${line.at} ${line.host} ${line.kind === 'output' ? '  ' : ''}${line.text}\n`)
  return new Response(parts.join(''), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="change-${changeId}.txt"`,
      'x-content-type-options': 'nosniff',
    },
  })
})
