import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { parseSnapshot } from '@/lib/catalog/snapshot'
import { read } from '@/lib/db'
import type { TodayNeed } from './list-needs'

/** More lines nobody reads at once: the rest is counted, and stands on the catalog's own page. */
const shownEach = 5
/** From here on a pool may be full before anybody looks again. */
const nearlyFull = 0.95
const longAgoMs = 2 * 3_600_000

/** What backups need somebody today, from what was read last; samples need nobody. Two queries. */
export async function listBackupNeeds(ctx: Ctx, now: number): Promise<TodayNeed[]> {
  authorize(ctx, 'read backups')
  const catalogs = await read(async (tx) =>
    tx.catalog.findMany({
      where: { way: { not: 'sample' } },
      select: {
        ...{ id: true, name: true, trouble: true, readAt: true, snapshot: true },
        jobs: {
          where: { state: { in: ['overdue', 'never good'] } },
          orderBy: { lastGoodAt: { sort: 'asc', nulls: 'last' } },
        },
      },
      orderBy: { name: 'asc' },
    }),
  )
  return catalogs.flatMap((catalog) => [...troubleNeed(catalog, now), ...lateNeeds(catalog), ...poolNeeds(catalog)])
}

interface CatalogRow {
  id: string
  name: string
  trouble: string | null
  readAt: Date | null
  snapshot: string | null
  jobs: { id: string; name: string; clientName: string; state: string; because: string; lastJobId: number | null }[]
}

function troubleNeed({ id, name, trouble, readAt }: CatalogRow, now: number): TodayNeed[] {
  if (trouble === null || (readAt !== null && now - readAt.getTime() < longAgoMs)) return []
  return [
    {
      id: `catalog ${id} trouble`,
      level: 'not-known',
      title: `Whether the backups of ${name} are good is not known`,
      evidence: trouble,
      href: `/backups/${id}`,
      act: 'Look at the catalog',
    },
  ]
}

function lateNeeds({ id, name, jobs }: CatalogRow): TodayNeed[] {
  const told = jobs.slice(0, shownEach).map((job) => ({
    id: `backup ${job.id}`,
    level: 'now' as const,
    title:
      job.state === 'overdue'
        ? `The backup ${job.name} of ${job.clientName} is overdue`
        : `The backup ${job.name} of ${job.clientName} never ended well`,
    evidence: job.because,
    href: job.lastJobId === null ? `/backups/${id}` : `/backups/${id}/jobs/${job.lastJobId}`,
    act: 'See its last run',
  }))
  const more = jobs.length - told.length
  if (more <= 0) return told
  return [
    ...told,
    {
      id: `catalog ${id} late`,
      level: 'now',
      title: `${more} more ${more === 1 ? 'backup' : 'backups'} of ${name} ${more === 1 ? 'is' : 'are'} late`,
      evidence: 'They had no good run in the time that their own history promises.',
      href: `/backups/${id}`,
      act: 'See all of them',
    },
  ]
}

function poolNeeds({ id, name, snapshot }: CatalogRow): TodayNeed[] {
  const pools = parseSnapshot(snapshot)?.pools ?? []
  const inError = pools.reduce((sum, pool) => sum + pool.inError, 0)
  const full = pools.filter(
    ({ bytes, capacityBytes, prunableBytes, reclaimableBytes }) =>
      capacityBytes !== null &&
      capacityBytes > 0 &&
      bytes - prunableBytes - reclaimableBytes > nearlyFull * capacityBytes,
  )
  return [
    ...(inError === 0
      ? []
      : [
          {
            id: `catalog ${id} errors`,
            level: 'soon' as const,
            title: `${inError} ${inError === 1 ? 'volume' : 'volumes'} of ${name} ${inError === 1 ? 'is' : 'are'} in error`,
            evidence: 'Nothing writes on such a volume until a person sets another status.',
            href: `/backups/${id}/volumes?status=Error`,
            act: inError === 1 ? 'See the volume' : 'See the volumes',
          },
        ]),
    ...full.slice(0, shownEach).map((pool) => ({
      id: `pool ${id} ${pool.poolId}`,
      level: 'soon' as const,
      title: `The pool ${pool.name} of ${name} is nearly full`,
      evidence: 'More than 95 % of what it may grow to is held by backups that can not be pruned yet.',
      href: `/backups/${id}/pools/${pool.poolId}`,
      act: 'Look at the pool',
    })),
  ]
}
