import { wallText } from '@/lib/catalog/rules/local-time'
import { emptyPool, type SamplePool, sampleClients, sampleFileSets, samplePools } from './configuration'
import { dayMs, dayS, fileRetentionDays, jobRetentionDays, type Row, type SampleOptions, sampleMark } from './row'
import { statusRows } from './schema'
import type { SampleVolume } from './volumes'

/** What the director writes by itself from its configuration, and the mark of a sample. */
export function configuredRows(
  { now, seed, zone }: SampleOptions,
  volumes: readonly SampleVolume[],
): Record<string, Row[]> {
  const created = wallText(now - 358 * dayMs, zone)
  const retention = { FileRetention: fileRetentionDays * dayS, JobRetention: jobRetentionDays * dayS, AutoPrune: 1 }
  return {
    Version: [{ VersionId: 16 }],
    Counters: [{ Counter: sampleMark, MinValue: 0, MaxValue: 0, CurrentValue: seed, WrapCounter: '' }],
    Status: statusRows.map(([JobStatus, JobStatusLong, Severity]) => ({ JobStatus, JobStatusLong, Severity })),
    Storage: [{ StorageId: 1, Name: 'File', AutoChanger: 0 }],
    MediaType: [{ MediaTypeId: 1, MediaType: 'File', ReadOnly: 0 }],
    Device: [{ DeviceId: 1, Name: 'FileStorage', MediaTypeId: 1, StorageId: 1 }],
    Client: sampleClients.map(({ id, name, uname }) => ({ ClientId: id, Name: name, Uname: uname, ...retention })),
    FileSet: sampleFileSets.map((name, place) => ({
      ...{
        FileSetId: place + 1,
        FileSet: name,
        MD5: `sample${seed}set${place + 1}`.padEnd(22, 'A').slice(0, 22),
        CreateTime: created,
      },
    })),
    Pool: [
      ...Object.values(samplePools).map((pool) =>
        poolRow(pool, volumes.filter((volume) => volume.pool.id === pool.id).length),
      ),
      {
        ...{
          PoolId: emptyPool.id,
          Name: emptyPool.name,
          NumVols: 0,
          MaxVols: 0,
          MaxVolBytes: 0,
          VolRetention: 365 * dayS,
        },
        ...{ AutoPrune: 1, Recycle: 1, PoolType: 'Backup', LabelFormat: '*' },
      },
    ],
  }
}

function poolRow(pool: SamplePool, volumes: number): Row {
  return {
    ...{ PoolId: pool.id, Name: pool.name, NumVols: volumes, MaxVols: pool.maxVols, MaxVolBytes: 2 ** 32 },
    ...{
      VolRetention: pool.retentionDays * dayS,
      AutoPrune: 1,
      Recycle: 1,
      PoolType: 'Backup',
      LabelFormat: pool.labelFormat,
    },
  }
}
