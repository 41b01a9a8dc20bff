import { route } from '@/lib/action'
import { findActor } from '@/lib/auth/current-actor'
import { exportFormats, streamTable } from '@/lib/catalog/export/stream-table'
import { getTable } from '@/lib/catalog/export/tables'
import { AppError } from '@/lib/errors'

const types = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const

/** A table of a catalog as a file: `?format=csv|json`, and the parameters of the page whose filter it follows. */
export const GET = route('read backups', async (ctx, request, { catalog, table }) => {
  const params = new URL(request.url).searchParams
  const asked = params.get('format') ?? 'csv'
  const format = exportFormats.find((one) => one === asked)
  if (!format)
    throw new AppError('invalid', `expected the format csv or json, got ${asked}`, {
      userMessage: 'A table is given as csv or json.',
    })
  const { fileName, body } = await streamTable(ctx, {
    catalogId: catalog ?? '',
    table: getTable(table ?? ''),
    format,
    params,
    signal: request.signal,
    mayRead: async () => (await findActor(request.headers)) !== null,
  })
  return new Response(body, {
    headers: {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${fileName}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
})
