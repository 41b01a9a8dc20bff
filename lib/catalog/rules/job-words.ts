/** How a job stands. `needsHands`: it waits until a person gives it a volume. */
export type JobSeverity = 'good' | 'warned' | 'failed' | 'canceled' | 'running' | 'waiting' | 'unknown'

export interface JobStatusWords {
  words: string
  severity: JobSeverity
  needsHands: boolean
}

/**
 * JobStatus, case by case: 'E' and 'e', 'C' and 'c' are different things. Codes of Bacula's jcr.h; 'u' and 'w' from the
 * Status table of 15.0. A MySQL catalog keeps them as BINARY(1), so they must be read without a _ci collation.
 */
const statuses: Readonly<Record<string, readonly [JobSeverity, string]>> = {
  T: ['good', 'ended well'],
  W: ['warned', 'ended with warnings'],
  D: ['warned', 'verify found differences'],
  E: ['failed', 'ended with errors'],
  e: ['failed', 'had an error'],
  f: ['failed', 'fatal error'],
  I: ['failed', 'incomplete'],
  A: ['canceled', 'canceled'],
  R: ['running', 'running'],
  l: ['running', 'writing its spooled data'],
  L: ['running', 'writing the last of its spooled data'],
  a: ['running', 'handing over its list of files'],
  i: ['running', 'writing its list of files into the catalog'],
  u: ['running', 'uploading to the cloud'],
  w: ['running', 'downloading from the cloud'],
  C: ['waiting', 'created, not started'],
  B: ['waiting', 'blocked'],
  F: ['waiting', 'waiting for the client'],
  S: ['waiting', 'waiting for the storage daemon'],
  m: ['waiting', 'waiting for a new volume'],
  M: ['waiting', 'waiting for a volume to be mounted'],
  q: ['waiting', 'waiting for a device'],
  s: ['waiting', 'waiting: storage busy'],
  j: ['waiting', 'waiting: job already running'],
  c: ['waiting', 'waiting: client busy'],
  d: ['waiting', 'waiting: too many jobs at once'],
  p: ['waiting', 'waiting for jobs of higher priority'],
  t: ['waiting', 'waiting for its start time'],
}

/**
 * What a JobStatus says. `jobErrors` of a job that ended well make it one that ended with warnings: Bacula counts files it
 * could not read there and still says 'T'.
 */
export function jobStatusWords(code: string, jobErrors = 0): JobStatusWords {
  const [severity, words] = own(statuses, code) ?? ['unknown', `status "${code}", not known to Pollux`]
  if (code === 'T' && jobErrors > 0)
    return {
      words: `ended well, with ${jobErrors} error${jobErrors === 1 ? '' : 's'}`,
      severity: 'warned',
      needsHands: false,
    }
  return { words, severity, needsHands: code === 'm' || code === 'M' }
}

/** The codes of one severity, for a query's filter. */
export function statusCodesOf(severity: JobSeverity): string[] {
  return Object.keys(statuses).filter((code) => statuses[code]?.[0] === severity)
}

/** From these a file can be restored (Bacula's own restore looks for the same two). */
export const restorableStatuses = ['T', 'W'] as const

const types: Readonly<Record<string, string>> = {
  B: 'backup',
  V: 'verify',
  R: 'restore',
  D: 'admin',
  A: 'archive',
  C: 'copy of a job',
  c: 'copy control',
  M: 'migrated backup',
  g: 'migration control',
  S: 'scan',
  U: 'console',
  I: 'internal',
  O: 'consolidation',
}

/** What a Job.Type says (Bacula's jcr.h; 'O' is Bareos's). */
export function jobTypeWords(code: string): string {
  return own(types, code) ?? `type "${code}", not known to Pollux`
}

export type BackupLevel = 'full' | 'differential' | 'incremental' | 'base'

const levels: Readonly<Record<string, readonly [words: string, backup: BackupLevel | null]>> = {
  F: ['Full', 'full'],
  f: ['Virtual Full', 'full'],
  D: ['Differential', 'differential'],
  I: ['Incremental', 'incremental'],
  S: ['since a date', 'incremental'],
  B: ['Base', 'base'],
  C: ['verify catalog', null],
  V: ['verify init', null],
  O: ['verify volume', null],
  d: ['verify disk', null],
  A: ['verify data', null],
  ' ': ['none', null],
  '': ['none', null],
}

/** What a Job.Level says (Bacula's jcr.h): words, and which part of a backup chain it is. */
export function jobLevelWords(code: string): { words: string; backup: BackupLevel | null } {
  const [words, backup] = own(levels, code) ?? [`level "${code}", not known to Pollux`, null]
  return { words, backup }
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
