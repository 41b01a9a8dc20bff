import type { VolumeKind } from './block-range'
import { count, saySpan } from './say'

/** From which figure on a volume is worth a look. Null switches one off. */
export interface HealthLimits {
  errors: number | null
  mounts: number | null
  writes: number | null
  ageDays: number | null
}

/** What BWeb has warned from for years; the age is a tape's usual warranty of five years. */
export const defaultHealthLimits: HealthLimits = { errors: 1, mounts: 51, writes: 4_000_000, ageDays: 1825 }

export interface VolumeWear {
  kind: VolumeKind
  volErrors: number | null
  volMounts: number | null
  volWrites: number | null
  /** When it was labelled or first written, whichever is known: milliseconds since 1970. */
  since: number | null
}

export interface HealthFinding {
  what: 'errors' | 'mounts' | 'writes' | 'age'
  is: number
  limit: number
  because: string
}

export interface VolumeHealth {
  findings: HealthFinding[]
  /** Figures that a limit asks for and the catalog does not have. */
  notKnown: HealthFinding['what'][]
}

/**
 * Which of a volume's figures reach a limit. Mounts, writes and age wear a tape and not a file, so that a volume on disk
 * is judged by its errors alone. Pure.
 */
export function volumeHealth(volume: VolumeWear, limits: HealthLimits, now: number): VolumeHealth {
  const ageDays = volume.since === null ? null : Math.floor((now - volume.since) / 86_400_000)
  const all: [HealthFinding['what'], number | null, number | null][] = [
    ['errors', volume.volErrors, limits.errors],
    ['mounts', volume.volMounts, limits.mounts],
    ['writes', volume.volWrites, limits.writes],
    ['age', ageDays, limits.ageDays],
  ]
  const asked = all.filter(([what, , limit]) => limit !== null && (what === 'errors' || volume.kind !== 'disk'))
  return {
    findings: asked.flatMap(([what, is, limit]) =>
      is !== null && limit !== null && is >= limit ? [{ what, is, limit, because: sayFinding(what, is, limit) }] : [],
    ),
    notKnown: asked.filter(([, is]) => is === null).map(([what]) => what),
  }
}

function sayFinding(what: HealthFinding['what'], is: number, limit: number): string {
  if (what === 'age') return `It is ${saySpan(is * 86_400)} old; the limit is ${saySpan(limit * 86_400)}.`
  return `${count(is, what.slice(0, -1))}; the limit is ${limit.toLocaleString('en-US')}.`
}
