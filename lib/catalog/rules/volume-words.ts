export type VolumeState = 'writable' | 'holds' | 'free' | 'aside' | 'broken' | 'unknown'

export interface VolumeStatusWords {
  state: VolumeState
  /** What the status means. */
  means: string
  /** What can happen to the volume next. */
  next: string
}

/** Media.VolStatus (the ENUM of the MySQL tables, the CHECK of PostgreSQL's; the manual's chapter on recycling). */
const statuses: Readonly<Record<string, readonly [VolumeState, string, string]>> = {
  Append: ['writable', 'Jobs may still write on it.', 'It gets Full or Used; until then Bacula does not prune it.'],
  Full: ['holds', 'It reached its size or its end.', 'Once its jobs are past retention, a prune makes it Purged.'],
  Used: [
    'holds',
    'It reached a limit of jobs, files or time before it was full.',
    'Once its jobs are past retention, a prune makes it Purged.',
  ],
  Purged: [
    'free',
    'The catalog knows no job on it any more. The data is there until it is written over or truncated.',
    'The next job that finds no volume to append to writes over it, if Recycle is on.',
  ],
  Recycle: ['free', 'It is chosen to be written over.', 'It gets a new label, and Append, at the next mount.'],
  Error: [
    'broken',
    'Writing or reading it failed, or its size is not what the catalog says.',
    'Nothing writes on it until a person sets another status. What is on it may still be restored.',
  ],
  Busy: ['aside', 'A job holds it.', 'The job gives it back when it ends.'],
  'Read-Only': ['aside', 'A person set it so: it is read and never written.', 'It stays so until a person changes it.'],
  Archive: ['aside', 'A person put it aside.', 'It stays so until a person changes it.'],
  Disabled: ['aside', 'A person took it out of use.', 'It stays so until a person changes it.'],
  Cleaning: ['aside', 'It is a cleaning tape.', 'It is never written.'],
  Scratch: ['free', 'It waits in a scratch pool.', 'A pool that needs a volume takes it.'],
}

/** What a VolStatus means and what can happen next. */
export function volumeStatusWords(status: string): VolumeStatusWords {
  const found = Object.hasOwn(statuses, status) ? statuses[status] : undefined
  const [state, means, next] = found ?? ['unknown', `Pollux does not know the status "${status}".`, 'Not known.']
  return { state, means, next }
}

/** Media.Enabled: 0, 1 or 2. Null is read as the column's default, 1. */
export function enabledWords(enabled: number | null): string {
  if (enabled === 0) return 'not enabled: no job writes on it or restores from it'
  if (enabled === 2) return 'archived: never pruned'
  return 'enabled'
}
