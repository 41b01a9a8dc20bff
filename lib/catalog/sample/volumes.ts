import type { SamplePool } from './configuration'
import { blockBytes, volumeBlocks } from './fit-pools'
import type { SampleRun } from './runs'

/** A part of a run on one volume. */
export interface Piece {
  run: SampleRun
  /** First and last block on the volume. */
  from: number
  to: number
  /** How far into the run it begins and ends: 0 to 1. */
  begins: number
  ends: number
}

export interface SampleVolume {
  pool: SamplePool
  name: string
  pieces: Piece[]
  blocks: number
  status: 'Append' | 'Full' | 'Error' | 'Read-Only' | 'Purged'
  errors: number
  /** Runs that wrote on it, also those that the catalog forgot since. */
  jobs: number
  /** How often it was written over. */
  recycled: number
  /** Milliseconds since 1970. */
  initialWrite: number
  firstWritten: number
  lastWritten: number
  comment: string | null
}

/**
 * Lays what a pool ever got onto its volumes, one after the other. Who comes after the last volume is written over the
 * oldest; so the last round is what the volumes hold, and the rounds before it show in how often each was recycled.
 */
export function layOut(pool: SamplePool, runs: readonly SampleRun[]): SampleVolume[] {
  const written = runs.filter((run) => run.pool.id === pool.id && run.blocks > 0)
  const earlier = cut(written.filter(({ isHeld }) => !isHeld))
  const held = cut(written.filter(({ isHeld }) => isHeld))
  const rounds = [...earlier, ...held]
  return held.map((pieces, place) => {
    const turn = earlier.length + place
    const number = turn % pool.volumes
    const [first, last] = [pieces[0], pieces.at(-1)]
    const initial = rounds[number]?.[0] ?? first
    if (!first || !last || !initial) throw new RangeError('expected something on every volume, got nothing')
    const blocks = last.to + 1
    return {
      pool,
      name: `${pool.labelFormat}${String(number + 1).padStart(4, '0')}`,
      pieces,
      blocks,
      status: blocks === volumeBlocks ? 'Full' : 'Append',
      errors: 0,
      jobs: pieces.length,
      recycled: Math.floor(turn / pool.volumes),
      initialWrite: timeIn(initial.run, initial.begins),
      firstWritten: timeIn(first.run, first.begins),
      lastWritten: timeIn(last.run, last.ends),
      comment: null,
    }
  })
}

/** Cuts runs into pieces, a list of them for each volume that they fill. */
function cut(runs: readonly SampleRun[]): Piece[][] {
  const volumes: Piece[][] = []
  let used = volumeBlocks
  for (const run of runs) {
    for (let done = 0; done < run.blocks; ) {
      if (used === volumeBlocks) {
        volumes.push([])
        used = 0
      }
      const size = Math.min(run.blocks - done, volumeBlocks - used)
      volumes
        .at(-1)
        ?.push({ run, from: used, to: used + size - 1, begins: done / run.blocks, ends: (done + size) / run.blocks })
      used += size
      done += size
    }
  }
  return volumes
}

/** The moment at which a share of a run was written. */
export function timeIn(run: SampleRun, share: number): number {
  return run.start + (run.end - run.start) * share
}

/** Bytes on a volume. */
export function volumeBytes({ blocks }: Pick<SampleVolume, 'blocks'>): number {
  return blocks * blockBytes
}

/** What happened to single volumes in the year. Returns the runs that a prune took out of the catalog. */
export function touchVolumes(volumes: SampleVolume[], now: number): Set<SampleRun> {
  const of = (label: string) =>
    volumes.filter(({ name }) => name.startsWith(label)).sort((one, other) => one.firstWritten - other.firstWritten)
  const onDisc = of('A-Full-')[0]
  if (onDisc) Object.assign(onDisc, { status: 'Read-Only', comment: 'Also burnt to a DVD, in the drawer.' })
  const bad = of('B-Full-').at(-4)
  if (bad)
    Object.assign(bad, {
      status: 'Error',
      errors: 3,
      comment: 'Read errors during the restore test; the disk has since been replaced.',
    })
  // Of the Differentials none may be due yet; of grade B some always are.
  const pruned = prune(of('Diff-')[0], now)
  return pruned.size > 0 ? pruned : prune(of('B-Full-')[0], now)
}

/** What `prune volume=…` does to a volume whose jobs are all past retention; to another one, nothing. */
function prune(volume: SampleVolume | undefined, now: number): Set<SampleRun> {
  const gone = new Set(volume?.pieces.map(({ run }) => run))
  const edge = now - (volume?.pool.retentionDays ?? 0) * 86_400_000
  if (!volume || [...gone].some((run) => run.end >= edge)) return new Set()
  volume.status = 'Purged'
  return gone
}
