import { route } from '@/lib/action'
import { planScript } from '@/lib/changes/plan-script'

/** The part of `?host=` of a change's plan as a sh file. It may hold secrets, so nothing on the way keeps it. */
export const GET = route('apply a change', async (ctx, request, params) => {
  const hostId = new URL(request.url).searchParams.get('host') ?? ''
  const { fileName, text } = await planScript(ctx, { changeId: Number(params.id), hostId })
  return new Response(text, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${fileName}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
})
