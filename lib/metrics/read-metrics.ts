import { parseSnapshot } from '@/lib/catalog/snapshot'
import { read } from '@/lib/db'
import type { Metric } from './exposition'

/**
 * What a monitor may know, from what was read last: no host and no catalog is asked. Samples are left out. Two queries. Whoever
 * calls it has checked the token.
 */
export async function readMetrics(now = Date.now()): Promise<Metric[]> {
  const { catalogs, reach } = await read(async (tx) => ({
    catalogs: await tx.catalog.findMany({
      where: { way: { not: 'sample' } },
      select: { name: true, trouble: true, readAt: true, snapshot: true, jobs: true },
      orderBy: { name: 'asc' },
    }),
    reach: await tx.host.groupBy({ by: ['reach'], _count: true }),
  }))
  const pools = catalogs.flatMap(({ name: catalog, snapshot }) =>
    (parseSnapshot(snapshot)?.pools ?? []).map((pool) => ({ labels: { catalog, pool: pool.name }, pool })),
  )
  const jobs = catalogs.flatMap(({ name: catalog, jobs: all }) =>
    all.map((job) => ({ labels: { catalog, job: job.name, client: job.clientName }, job })),
  )
  const age = (at: Date) => Math.max(0, Math.round((now - at.getTime()) / 1000))
  const ofPools = (value: (pool: (typeof pools)[number]['pool']) => number) =>
    pools.map(({ labels, pool }) => ({ labels, value: value(pool) }))
  return [
    {
      name: 'pollux_hosts',
      help: 'Hosts of the inventory, by how the last contact went.',
      samples: reach.map((row) => ({ labels: { reach: row.reach }, value: row._count })),
    },
    {
      name: 'pollux_catalog_up',
      help: 'Whether the last reading of a catalog went well.',
      samples: catalogs.map(({ name, trouble, readAt }) => ({
        labels: { catalog: name },
        value: trouble === null && readAt !== null ? 1 : 0,
      })),
    },
    {
      name: 'pollux_catalog_read_age_seconds',
      help: 'Seconds since a catalog was last read well.',
      samples: catalogs.flatMap(({ name, readAt }) =>
        readAt === null ? [] : [{ labels: { catalog: name }, value: age(readAt) }],
      ),
    },
    { name: 'pollux_pool_bytes', help: 'Bytes on the volumes of a pool.', samples: ofPools(({ bytes }) => bytes) },
    {
      name: 'pollux_pool_capacity_bytes',
      help: 'What a pool may grow to, where it is limited.',
      samples: pools.flatMap(({ labels, pool }) =>
        pool.capacityBytes === null ? [] : [{ labels, value: pool.capacityBytes }],
      ),
    },
    {
      name: 'pollux_pool_prunable_bytes',
      help: 'Bytes that a prune would free now.',
      samples: ofPools(({ prunableBytes }) => prunableBytes),
    },
    {
      name: 'pollux_pool_reclaimable_bytes',
      help: 'Bytes on volumes that jobs may write over now.',
      samples: ofPools(({ reclaimableBytes }) => reclaimableBytes),
    },
    {
      name: 'pollux_pool_volumes',
      help: 'Volumes of a pool, by status.',
      samples: pools.flatMap(({ labels, pool }) =>
        Object.entries(pool.byStatus).map(([status, value]) => ({ labels: { ...labels, status }, value })),
      ),
    },
    {
      name: 'pollux_backup_last_good_age_seconds',
      help: 'Seconds since the last good run of a backup began.',
      samples: jobs.flatMap(({ labels, job }) =>
        job.lastGoodAt === null ? [] : [{ labels, value: age(job.lastGoodAt) }],
      ),
    },
    {
      name: 'pollux_backup_overdue',
      help: 'Whether a backup is late by what its own history promises, or never ended well.',
      samples: jobs.flatMap(({ labels, job }) =>
        ['unknown', 'silent'].includes(job.state) ? [] : [{ labels, value: job.state === 'on time' ? 0 : 1 }],
      ),
    },
  ]
}
