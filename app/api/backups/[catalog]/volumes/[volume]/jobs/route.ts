import { route } from '@/lib/action'
import { readCatalog } from '@/lib/catalog/store/read-catalog'
import { jobsOnVolume } from '@/lib/catalog/volumes/jobs-on-volume'
import { AppError } from '@/lib/errors'

/** The newest jobs on a volume. A reader who goes away ends the questions, in the database too. */
export const GET = route('read backups', async (ctx, request, { catalog, volume }) => {
  if (!/^\d{1,15}$/.test(volume ?? ''))
    throw new AppError('not-found', `expected the id of a volume, got ${volume}`, {
      userMessage: 'There is no such volume.',
    })
  const { signal } = request
  const jobs = await readCatalog(ctx, catalog ?? '', (of) => jobsOnVolume(of, { mediaId: Number(volume) }, 1), {
    signal,
  })
  return Response.json(jobs, { headers: { 'cache-control': 'no-store' } })
})
