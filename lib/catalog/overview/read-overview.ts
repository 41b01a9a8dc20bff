import type { CatalogReading } from '../catalog-reading'
import { type BackupDays, backupDays } from './backup-days'
import { type CatalogSizes, catalogSizes } from './catalog-sizes'
import { type JobOutcomes, jobOutcomes } from './job-outcomes'
import { type LateBackups, lateBackups } from './late-backups'
import { type UnfinishedJob, unfinishedJobs } from './unfinished-jobs'
import { type VolumeTotals, volumeTotals } from './volume-totals'

export interface Overview {
  outcomes: JobOutcomes
  late: LateBackups
  unfinished: UnfinishedJob[]
  volumes: VolumeTotals
  days: BackupDays
  sizes: CatalogSizes
}

/** All that the overview of a catalog shows: six questions however large it is (SQLite: seven). */
export async function readOverview(catalog: CatalogReading, { span }: { span: number }): Promise<Overview> {
  return {
    outcomes: await jobOutcomes(catalog),
    late: await lateBackups(catalog),
    unfinished: await unfinishedJobs(catalog),
    volumes: await volumeTotals(catalog),
    days: await backupDays(catalog, span),
    sizes: await catalogSizes(catalog),
  }
}
