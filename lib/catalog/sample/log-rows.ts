import { wallText } from '@/lib/catalog/rules/local-time'
import { sampleClients } from './configuration'
import type { NumberedRun } from './job-rows'
import { logLines } from './log-lines'
import type { Row, SampleOptions } from './row'
import type { SampleRun } from './runs'
import { type SampleVolume, timeIn } from './volumes'

export function logRows(
  jobs: readonly NumberedRun[],
  volumes: readonly SampleVolume[],
  { zone }: SampleOptions,
): Row[] {
  const onVolumes = new Map<SampleRun, SampleVolume[]>()
  for (const volume of volumes)
    for (const { run } of volume.pieces) onVolumes.set(run, [...(onVolumes.get(run) ?? []), volume])
  const lines = jobs.flatMap(({ jobId, run, files, uniqueName }) => {
    const its = onVolumes.get(run) ?? []
    const filled = its
      .filter((volume) => volume.status !== 'Append' && volume.pieces.at(-1)?.run === run)
      .map((volume) => ({ name: volume.name, at: timeIn(run, volume.pieces.at(-1)?.ends ?? 1) }))
    const client = sampleClients.find(({ id }) => id === run.job.clientId)?.name ?? ''
    const facts = { jobId, job: uniqueName, client, zone, files, filled, firstVolume: its[0]?.name ?? null }
    return logLines(run, facts).map(({ at, text }) => ({ JobId: jobId, Time: wallText(at, zone), LogText: text }))
  })
  return lines.map((line, place) => ({ LogId: place + 1, ...line }))
}
