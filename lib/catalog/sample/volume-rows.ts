import { wallText } from '@/lib/catalog/rules/local-time'
import { blockBytes } from './fit-pools'
import type { NumberedRun } from './job-rows'
import { dayS, type Row, type SampleOptions } from './row'
import { type Piece, type SampleVolume, volumeBytes } from './volumes'

/** Rows of JobMedia go no further: Maximum File Size, 1 GB by default. */
const pieceBlocks = Math.floor(1e9 / blockBytes)

export function mediaRow(volume: SampleVolume, id: number, { zone }: SampleOptions): Row {
  const bytes = volumeBytes(volume)
  const time = (at: number) => wallText(at, zone)
  return {
    MediaId: id,
    VolumeName: volume.name,
    ...{ PoolId: volume.pool.id, MediaType: 'File', MediaTypeId: 1, StorageId: 1, DeviceId: 1, VolType: 1 },
    FirstWritten: time(volume.firstWritten),
    LastWritten: time(volume.lastWritten),
    LabelDate: time(volume.firstWritten),
    InitialWrite: time(volume.initialWrite),
    VolJobs: volume.jobs,
    VolFiles: Math.floor(bytes / 1e9),
    VolBlocks: volume.blocks,
    VolMounts: volume.jobs + volume.recycled,
    VolBytes: bytes,
    VolErrors: volume.errors,
    VolWrites: volume.blocks + 1,
    VolStatus: volume.status,
    ...{ Enabled: 1, Recycle: 1, VolRetention: volume.pool.retentionDays * dayS, MaxVolBytes: 2 ** 32 },
    EndFile: Math.floor((bytes - 1) / 2 ** 32),
    EndBlock: (bytes - 1) % 2 ** 32,
    RecycleCount: volume.recycled,
    Comment: volume.comment,
  }
}

export function jobMediaRows(volumes: readonly SampleVolume[], jobs: readonly NumberedRun[]): Row[] {
  const numbered = new Map(jobs.map((job) => [job.run, job]))
  const parts = volumes.flatMap((volume, place) => volume.pieces.flatMap((piece) => cutPiece(piece, place + 1)))
  const rows = parts
    .flatMap((part) => {
      const job = numbered.get(part.run)
      return job ? [{ ...part, job }] : []
    })
    .sort((one, other) => one.job.jobId - other.job.jobId || one.begins - other.begins)
  return rows.map(({ mediaId, from, to, begins, ends, index, job }, place) => ({
    JobMediaId: place + 1,
    JobId: job.jobId,
    MediaId: mediaId,
    FirstIndex: Math.floor(begins * job.files) + 1,
    LastIndex: Math.max(Math.floor(begins * job.files) + 1, Math.floor(ends * job.files)),
    StartFile: 0,
    EndFile: 0,
    StartBlock: from * blockBytes,
    EndBlock: (to + 1) * blockBytes - 1,
    VolIndex: index,
  }))
}

function cutPiece({ run, from, to, begins, ends }: Piece, mediaId: number) {
  const count = Math.ceil((to - from + 1) / pieceBlocks)
  const share = (ends - begins) / (to - from + 1)
  return Array.from({ length: count }, (_, turn) => {
    const first = from + turn * pieceBlocks
    const last = Math.min(to, first + pieceBlocks - 1)
    const [start, end] = [begins + (first - from) * share, begins + (last + 1 - from) * share]
    return { run, mediaId, from: first, to: last, begins: start, ends: end, index: turn + 1 }
  })
}
