export type Cell = string | number | null
export type Row = Readonly<Record<string, Cell>>

export interface SampleOptions {
  /** "Now" of the sample: its last night is the one before. Milliseconds since 1970. */
  now: number
  seed: number
  /** The director's zone, in which its times are written. */
  zone: string
}

export const dayS = 86_400
export const dayMs = 86_400_000

/** The name of the row in Counters that marks a sample. */
export const sampleMark = 'PolluxSample'

/** Client's File Retention: Bacula's default. Job Retention is a year, as grade A would not keep its promise else. */
export const fileRetentionDays = 60
export const jobRetentionDays = 365
