import { filtersOf } from '@/app/(main)/activity/activity-filters'
import { route } from '@/lib/action'
import { exportAudit } from '@/lib/audit/export-audit'
import { findActor } from '@/lib/auth/current-actor'
import { can } from '@/lib/auth/rights'
import { textStream } from '@/lib/stream/text-stream'

/** The record of deeds as a CSV file: all rows that fit the parameters of the page's own address. */
export const GET = route('read audit', async (ctx, request) => {
  const rows = exportAudit(ctx, filtersOf(Object.fromEntries(new URL(request.url).searchParams)), async () => {
    const actor = await findActor(request.headers)
    return actor !== null && can(actor, 'read audit')
  })
  return new Response(textStream(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="pollux-activity-${new Date().toISOString().slice(0, 10)}.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
})
