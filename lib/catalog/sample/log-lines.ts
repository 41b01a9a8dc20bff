import { wallText } from '@/lib/catalog/rules/local-time'
import { blockBytes } from './fit-pools'
import type { SampleRun } from './runs'

export interface LogLine {
  /** Milliseconds since 1970. */
  at: number
  text: string
}

export interface LogFacts {
  jobId: number
  /** The job's unique name. */
  job: string
  client: string
  zone: string
  files: number
  /** The volumes that it filled, and when. */
  filled: readonly { name: string; at: number }[]
  firstVolume: string | null
}

const levels = { F: 'Full', D: 'Differential', I: 'Incremental' }

/** What Bacula's daemons report of a run, in their form. The lines of a run that a power cut ended just stop. */
export function logLines(run: SampleRun, facts: LogFacts): LogLine[] {
  const { start, end, job, status } = run
  const line = (at: number, from: string, text: string): LogLine => ({
    at,
    text: `${from} JobId ${facts.jobId}: ${text}\n`,
  })
  const begun = line(start, 'pollux-dir', `Start Backup JobId ${facts.jobId}, Job=${facts.job}`)
  if (status === 'f')
    return [
      begun,
      line(start + 1000, 'pollux-dir', 'Using Device "FileStorage" to write.'),
      line(
        end - 1000,
        'pollux-dir',
        `Warning: bsock.c:107 Could not connect to Client: ${facts.client}. ERR=Connection timed out\nRetrying ...`,
      ),
      line(
        end - 500,
        'pollux-dir',
        `Fatal error: Unable to connect to Client: ${facts.client}. ERR=Interrupted system call`,
      ),
      line(end, 'pollux-dir', summary(run, facts)),
    ]
  const mounted = facts.firstVolume
    ? [line(start + 2000, 'pollux-sd', `Volume "${facts.firstVolume}" previously written, moving to end of data.`)]
    : []
  const full = facts.filled.map(({ name, at }) =>
    line(
      at,
      'pollux-sd',
      `End of medium on Volume "${name}" Bytes=4,294,950,912 Blocks=66,576 at ${wallText(at, facts.zone)}.`,
    ),
  )
  const unread = Array.from({ length: status === 'E' ? 0 : run.errors }, (_, place) =>
    line(
      start + (end - start) * 0.3 + place,
      facts.client,
      `     Could not open "${job.roots[0]}mail/inbox.${place}": ERR=Permission denied.`,
    ),
  )
  const broken =
    status === 'E'
      ? [
          line(
            end - 400,
            facts.client,
            'Error: bsock.c:387 Write error sending 65536 bytes to Storage daemon: ERR=Connection reset by peer',
          ),
        ]
      : []
  const all = [begun, ...mounted, ...full, ...unread, ...broken].sort((one, other) => one.at - other.at)
  return status === 'R' ? all : [...all, line(end, 'pollux-dir', summary(run, facts))]
}

function summary(run: SampleRun, { jobId, job, client, zone, files, filled }: LogFacts): string {
  const word = {
    T: run.errors > 0 ? 'Backup OK -- with warnings' : 'Backup OK',
    W: 'Backup OK -- with warnings',
    E: '*** Backup Error ***',
    f: '*** Backup Error ***',
    A: 'Backup Canceled',
    R: '',
  }[run.status]
  const bytes = run.blocks * blockBytes
  const seconds = Math.max(1, Math.round((run.end - run.start) / 1000))
  const rows = [
    ['JobId', jobId],
    ['Job', job],
    ['Backup Level', levels[run.level]],
    ['Client', `"${client}"`],
    ['Pool', `"${run.pool.name}"`],
    ['Start time', wallText(run.start, zone)],
    ['End time', wallText(run.end, zone)],
    ['Elapsed time', `${seconds} secs`],
    ['Priority', run.job.priority],
    ['FD Files Written', files.toLocaleString('en-US')],
    ['SD Bytes Written', bytes.toLocaleString('en-US')],
    ['Rate', `${(bytes / seconds / 1000).toFixed(1)} KB/s`],
    ['Volume name(s)', filled.map(({ name }) => name).join('|')],
    ['Non-fatal FD errors', run.errors],
    ['Termination', word],
  ]
  return `Bacula 9.6.7 (10Dec20):\n${rows.map(([name, value]) => `  ${`${name}:`.padEnd(24)}${value}`).join('\n')}`
}
