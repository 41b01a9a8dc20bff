/** How the positions of a JobMedia row count: bytes of a file, or files and blocks of a tape. */
export type VolumeKind = 'disk' | 'tape' | 'unknown'

export interface VolumePlace {
  /** Media.VolType, since Bacula 7; 0 or null where it is not told. */
  volType: number | null
  volBytes: number | null
  volBlocks: number | null
  endFile: number | null
  endBlock: number | null
}

export interface BlockRange {
  startFile: number
  startBlock: number
  endFile: number
  endBlock: number
}

export interface RangeEstimate {
  /** Null: can't be told. */
  bytes: number | null
  /** Always: blocks of jobs that wrote at the same time lie between each other. */
  isEstimate: true
  because: string
}

/** Device types as Bacula stores them in Media.VolType: files (also aligned, deduplicated, in a cloud), tapes (also virtual). */
const diskTypes = [1, 8, 9, 10, 14]
const tapeTypes = [2, 5, 7]

/** How a volume's positions count. Without VolType a disk shows by its end: the address of its last byte is its size. */
export function volumeKind({ volType, volBytes, endFile, endBlock }: VolumePlace): VolumeKind {
  if (volType !== null && diskTypes.includes(volType)) return 'disk'
  if (volType !== null && tapeTypes.includes(volType)) return 'tape'
  if (volType || volBytes === null || endFile === null || endBlock === null || volBytes === 0) return 'unknown'
  return address(endFile, endBlock) + 1 === volBytes ? 'disk' : 'unknown'
}

/**
 * About how many bytes of a volume are a job's, from its JobMedia rows there. On a disk File and Block are the upper and
 * lower half of an address, the end's is that of its last byte; rows that overlap count once, and no more than the volume
 * holds. On a tape blocks are counted at their average size, as long as a row stays within one file mark. Pure.
 */
export function rangeBytes(ranges: readonly BlockRange[], volume: VolumePlace): RangeEstimate {
  if (ranges.length === 0) return told(null, 'The catalog names no part of the volume for this job.')
  const kind = volumeKind(volume)
  if (kind === 'unknown') return told(null, 'The catalog does not tell whether the volume is a file or a tape.')
  if (kind === 'tape') return onTape(ranges, volume)
  const parts = ranges.map((range): [number, number] => [
    address(range.startFile, range.startBlock),
    address(range.endFile, range.endBlock),
  ])
  if (parts.some(([start, end]) => end < start))
    return told(null, 'The catalog names a part that ends before it starts.')
  const bytes = Math.min(covered(parts), volume.volBytes ?? Number.POSITIVE_INFINITY)
  return told(bytes, 'From the addresses of its first and last block; other jobs may have written between them.')
}

function onTape(ranges: readonly BlockRange[], { volBytes, volBlocks }: VolumePlace): RangeEstimate {
  if (!volBytes || !volBlocks) return told(null, 'The catalog does not tell how large the blocks of the tape are.')
  if (ranges.some(({ startFile, endFile }) => startFile !== endFile))
    return told(null, 'It goes over file marks of the tape, and the catalog does not tell how far these lie apart.')
  const parts = ranges.map(({ startFile, startBlock, endBlock }): [number, number] => [
    address(startFile, startBlock),
    address(startFile, endBlock),
  ])
  if (parts.some(([start, end]) => end < start))
    return told(null, 'The catalog names a part that ends before it starts.')
  return told(Math.round((covered(parts) * volBytes) / volBlocks), 'From its blocks, at the average size on this tape.')
}

/** How many places the parts cover, both ends included; what two of them share counts once. */
function covered(parts: readonly [number, number][]): number {
  let total = 0
  let reached = -1
  for (const [start, end] of [...parts].sort((one, other) => one[0] - other[0])) {
    total += Math.max(0, end - Math.max(start - 1, reached))
    reached = Math.max(reached, end)
  }
  return total
}

function address(file: number, block: number): number {
  return file * 2 ** 32 + block
}

function told(bytes: number | null, because: string): RangeEstimate {
  return { bytes, isEstimate: true, because }
}
