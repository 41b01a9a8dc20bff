import { samplePools } from './configuration'
import { configuredRows } from './configured-rows'
import { fileRows } from './file-rows'
import { jobRow, numberRuns, restoreRows } from './job-rows'
import { logRows } from './log-rows'
import { makeRandom } from './random'
import type { Row, SampleOptions } from './row'
import { makeRuns } from './runs'
import { jobMediaRows, mediaRow } from './volume-rows'
import { layOut, touchVolumes } from './volumes'

/** Everything that the sample catalog holds, by table. The same for the same options. Pure. */
export function sampleRows(options: SampleOptions): Record<string, Row[]> {
  const random = makeRandom(options.seed)
  const runs = makeRuns(options.now, options.zone, random)
  const volumes = Object.values(samplePools).flatMap((pool) => layOut(pool, runs))
  const gone = touchVolumes(volumes, options.now)
  const jobs = numberRuns(runs, gone, options)
  const kept = jobs.filter(({ isKept }) => isKept)
  return {
    ...configuredRows(options, volumes),
    Media: volumes.map((volume, place) => mediaRow(volume, place + 1, options)),
    Job: kept.map((job) => jobRow(job, options)).concat(restoreRows(jobs.length, options)),
    JobHisto: jobs.filter(({ run }) => run.status !== 'R').map((job) => jobRow(job, options)),
    JobMedia: jobMediaRows(volumes, kept),
    Log: logRows(kept, volumes, options),
    ...fileRows(kept, options, random),
  }
}
