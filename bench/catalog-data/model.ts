import { draw } from './draw'
import type { CatalogOptions } from './sizes'

// Which job ran when, at which level and into which pool, and which volume was written when: all from the job's number, so
// that nothing has to be kept in memory.

export type Level = 'F' | 'D' | 'I'

export interface GeneratedJob {
  jobId: number
  /** Which job of the configuration: each runs once a day. */
  series: number
  clientId: number
  fileSetId: number
  level: Level
  status: 'T' | 'W' | 'E' | 'f' | 'A' | 'R'
  errors: number
  /** Seconds since 1970. */
  due: number
  start: number
  end: number | null
  bytes: number
  readBytes: number
  /** JobFiles: more than rows of File, of which only so many are asked for. */
  files: number
  poolId: number
}

export interface GeneratedPool {
  poolId: number
  kind: 'Full' | 'Diff' | 'Incr' | 'Spare'
  /** MediaId of its first volume. */
  firstMedia: number
  volumes: number
  retention: number
}

const dayS = 86_400
/** So many days back the catalog goes, or fewer where each client would have less than one job a day. */
const mostDays = 400

/** How large the levels are to each other: bytes, parts on volumes and rows of files. */
const perLevel = {
  F: { gigabytes: 120, parts: 120, files: 60 },
  D: { gigabytes: 14, parts: 30, files: 8 },
  I: { gigabytes: 2, parts: 7, files: 1 },
} as const

export interface CatalogModel {
  options: CatalogOptions
  pools: GeneratedPool[]
  /** Jobs of the configuration. */
  series: number
  begin: number
  days: number
  job(jobId: number): GeneratedJob
  /** What share of all rows a job has, by which they are spread so that they add up exactly. */
  weight(job: GeneratedJob, of: 'parts' | 'files'): number
  /** The volume of a pool that was being written at a time: its number there, from 0. */
  volumeAt(pool: GeneratedPool, at: number): number
}

export function makeModel(options: CatalogOptions): CatalogModel {
  const { size, now, seed } = options
  const series = Math.max(size.clients, Math.ceil(size.jobs / mostDays))
  const days = Math.ceil(size.jobs / series)
  const begin = now - days * dayS
  const groups = Math.max(1, Math.floor(size.pools / 4))
  const pools = makePools(options, groups)
  const poolOf = (of: number, level: Level) => (of % groups) * 4 + { F: 1, D: 2, I: 3 }[level]
  const job = (jobId: number): GeneratedJob => {
    const at = (jobId - 1) % series
    const run = Math.floor((jobId - 1) / series)
    const level = levelOf(at, run)
    const drawn = (what: number) => draw(seed, what, jobId)
    // The night is eight hours long, and the jobs begin one after the other.
    const due = begin + run * dayS + Math.floor((at * 8 * 3600) / series)
    const status = jobId > size.jobs - 3 ? 'R' : statusOf(drawn(1), run)
    const isWritten = status === 'T' || status === 'W'
    const bytes = isWritten ? Math.floor(perLevel[level].gigabytes * 1e9 * (0.2 + drawn(2) ** 3 * 4)) : 0
    const start = due + Math.floor(drawn(3) * 900)
    const seconds = 20 + Math.floor(bytes / (20e6 + drawn(4) * 60e6))
    return {
      ...{ jobId, series: at, clientId: (at % size.clients) + 1, fileSetId: at + 1, level, status, due, start, bytes },
      errors: status === 'T' && drawn(5) < 0.04 ? 1 + Math.floor(drawn(6) * 20) : isWritten ? 0 : 1,
      end: status === 'R' ? null : Math.min(start + seconds, now),
      readBytes: Math.floor(bytes * (1.05 + drawn(7))),
      files: bytes === 0 ? 0 : 1 + Math.floor(bytes / 180_000),
      poolId: poolOf(at, level),
    }
  }
  return {
    options,
    pools,
    series,
    begin,
    days,
    job,
    weight: (of, what) => (of.bytes === 0 ? 0 : perLevel[of.level][what]),
    volumeAt: ({ volumes }, at) => Math.min(volumes - 1, Math.floor(((at - begin) / (days * dayS)) * volumes)),
  }
}

/** A Full every four weeks, a Differential every week, on another day for each job. */
function levelOf(series: number, run: number): Level {
  if (run === 0 || (run + series) % 28 === 0) return 'F'
  return (run + series) % 7 === 0 ? 'D' : 'I'
}

function statusOf(drawn: number, run: number): GeneratedJob['status'] {
  if (run === 0 || drawn < 0.93) return 'T'
  if (drawn < 0.95) return 'W'
  if (drawn < 0.98) return 'f'
  return drawn < 0.992 ? 'E' : 'A'
}

/** Groups of four: for the three levels, and one of spare volumes. What is left over has no volume. */
function makePools({ size, seed }: CatalogOptions, groups: number): GeneratedPool[] {
  const kinds = ['Full', 'Diff', 'Incr', 'Spare'] as const
  const shares = { Full: 0.4, Diff: 0.2, Incr: 0.3, Spare: 0.1 }
  let media = 1
  return Array.from({ length: size.pools }, (_, place) => {
    const kind = kinds[place % 4] ?? 'Spare'
    const isLast = place === groups * 4 - 1
    const wanted = isLast ? size.volumes - media + 1 : Math.round((size.volumes / groups) * shares[kind])
    const volumes = place < groups * 4 ? wanted : 0
    const pool = {
      poolId: place + 1,
      kind,
      firstMedia: media,
      volumes,
      retention: (180 + Math.floor(draw(seed, 20, place) * 260)) * dayS,
    }
    media += volumes
    return pool
  })
}

/** Spreads a number of rows over all jobs by their weight: how many each gets, in their order, adding up exactly. */
export function* spread(
  model: CatalogModel,
  of: 'parts' | 'files',
  rows: number,
): Generator<{ job: GeneratedJob; rows: number }> {
  const { jobs } = model.options.size
  let total = 0
  for (let jobId = 1; jobId <= jobs; jobId += 1) total += model.weight(model.job(jobId), of)
  let sum = 0
  let given = 0
  for (let jobId = 1; jobId <= jobs; jobId += 1) {
    const job = model.job(jobId)
    sum += model.weight(job, of)
    const upTo = Math.round((sum / total) * rows)
    yield { job, rows: upTo - given }
    given = upTo
  }
}
