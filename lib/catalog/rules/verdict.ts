import { instantsOf, isNoTime, parseWall } from './local-time'
import { count, sayExactSpan, sayTime } from './say'
import { volumeStatusWords } from './volume-words'

export interface VolumeToJudge {
  volStatus: string
  /** 0, 1 or 2 (archived); null is the column's default, 1. */
  enabled: number | null
  recycle: boolean
  /** Media.VolRetention, in seconds; null when it can't be read. Never the pool's: that one holds for new volumes only. */
  volRetention: number | null
  /** As stored: local time of the catalog's zone. */
  firstWritten: string | null
  lastWritten: string | null
}

/** What JobMedia still knows of a volume. */
export interface JobsLeft {
  /** Jobs whose row in Job is there and which have ended, in whatever way. */
  ended: number
  /** MAX(Job.JobTDate) of those: seconds since 1970, in no zone. */
  newestTDate: number | null
  /** Jobs with the status 'R' or 'C': prune leaves them alone, also those that a crash left so. */
  unended: number
  /** JobIds of JobMedia that Job does not know. */
  orphans: number
}

export interface JudgeOptions {
  /** Milliseconds since 1970. */
  now: number
  /** The catalog's zone: "Europe/Paris". */
  zone: string
  /** Without it the volume's last write stands in for the end of its last job. */
  jobsLeft?: JobsLeft
  /** The schema's version; without it, what Bacula's versions do differently is unknown. */
  versionId?: number
}

export interface VolumeVerdict {
  /** Whether `prune` would make it Purged now. */
  state: 'prunable' | 'in-retention' | 'never' | 'unknown'
  /** From when on. In the past for what is prunable; null where there is no such time. */
  at: Date | null
  /** Seconds until then; negative when it is past. */
  expiresIn: number | null
  /** Whether a job may write over it once it is purged: Recycle on and Enabled 1. Only such volumes give space back. */
  comesBack: boolean
  /** One or two sentences for the screen. */
  because: string
}

/**
 * Whether a volume can be pruned now, when, and why or why not. Pure. Throws a RangeError for a zone that does not exist.
 *
 * The rule is Bacula's own, as its directors 9.6.7 and 15.0.3 follow it (`prune volume=… yes` on 3006 volumes each;
 * verdict.test.ts): only Full and Used, never archived, and only with both FirstWritten and LastWritten. A prune deletes the
 * jobs with JobTDate < now - VolRetention, but those with the status R or C; the volume is Purged once JobMedia names no
 * job on it. Recycle and, up to 9.6, Enabled = 0 do not keep it from being pruned, only from being used again.
 */
export function volumeVerdict(volume: VolumeToJudge, options: JudgeOptions): VolumeVerdict {
  const comesBack = volume.recycle && (volume.enabled ?? 1) === 1
  const found = judge(volume, options)
  const after = found.state !== 'never' && found.state !== 'unknown' && !comesBack ? ` ${whyKept(volume)}` : ''
  return {
    state: found.state,
    at: found.at === undefined ? null : new Date(found.at),
    expiresIn: found.at === undefined ? null : Math.round((found.at - options.now) / 1000),
    comesBack,
    because: found.because + after,
  }
}

interface Judged {
  state: VolumeVerdict['state']
  at?: number
  because: string
}

function judge(volume: VolumeToJudge, options: JudgeOptions): Judged {
  const barred = whyNever(volume) ?? whatVersionsDoDifferently(volume, options)
  if (barred) return barred
  const { volRetention } = volume
  if (volRetention === null) return unknown('Its retention could not be read from the catalog.')
  return options.jobsLeft
    ? judgeByJobs(volRetention, options.jobsLeft, options)
    : judgeByLastWrite(volRetention, volume.lastWritten, options)
}

function whyNever({ volStatus, enabled, firstWritten, lastWritten }: VolumeToJudge): Judged | null {
  const { state, means } = volumeStatusWords(volStatus)
  if (state === 'unknown') return unknown(means)
  if (state === 'writable')
    return never(`Jobs may still write on it (${volStatus}), and Bacula prunes only Full and Used.`)
  if (state === 'free') return never(`There is nothing to prune, it is ${volStatus} already. ${means}`)
  if (state !== 'holds') return never(`Bacula prunes only Full and Used, and this one is ${volStatus}. ${means}`)
  if (enabled === 2) return never('It is archived (Enabled = 2), and Bacula does not prune such a volume.')
  if (isNoTime(firstWritten) || isNoTime(lastWritten))
    return never('The catalog has no time of its first or last write, and Bacula does not purge such a volume.')
  return null
}

/** Seen: 9.6.7 and earlier sources, and 15.0.3. Between them nobody looked. */
function whatVersionsDoDifferently({ enabled, volRetention }: VolumeToJudge, options: JudgeOptions): Judged | null {
  const { versionId, jobsLeft } = options
  const rules = pruneRulesOf(versionId)
  if (rules === 'to 9.6') return null
  if (enabled === 0)
    return rules === 'from 15'
      ? never('It is not enabled, and Bacula 15 does not prune such a volume.')
      : unknown(
          'It is not enabled: Bacula 9.6 would prune it, Bacula 15 would not, and of this version it is not known.',
        )
  if (volRetention !== 0 || (jobsLeft && jobsLeft.ended === 0)) return null
  return rules === 'from 15'
    ? never('Its retention is 0, which Bacula 15 takes as never.')
    : unknown('Its retention is 0: Bacula 9.6 would prune it, Bacula 15 never, and of this version it is not known.')
}

function pruneRulesOf(versionId: number | undefined): 'to 9.6' | 'from 15' | 'not known' {
  if (versionId === undefined) return 'not known'
  // Bareos, from 2001 on, began with the older rule; its sources of 2016 still have it. No Bareos was asked.
  if (versionId <= 16 || versionId >= 2001) return 'to 9.6'
  return versionId >= 1025 ? 'from 15' : 'not known'
}

function judgeByJobs(retention: number, jobs: JobsLeft, { now, zone }: JudgeOptions): Judged {
  if (jobs.orphans > 0)
    return never(
      `The catalog names ${count(jobs.orphans, 'job')} on it that it no longer has, and prune does not see them; dbcheck takes such leftovers out.`,
    )
  if (jobs.unended > 0)
    return {
      state: 'in-retention',
      because: `Not yet: ${count(jobs.unended, 'job')} on it ${jobs.unended === 1 ? 'is' : 'are'} running, or ${jobs.unended === 1 ? 'was' : 'were'} left so by a crash of the director.`,
    }
  if (jobs.ended === 0) return { state: 'prunable', because: 'The catalog knows no job on it any more.' }
  if (jobs.newestTDate === null) return unknown('The catalog does not say when its last job ended.')
  const ended = `the last of ${count(jobs.ended, 'job')} on it ended on ${sayTime(jobs.newestTDate * 1000, zone)}`
  return byRetention(jobs.newestTDate, retention, jobs.ended === 1 ? ended.replace('last of 1 ', '') : ended, {
    now,
    zone,
  })
}

function judgeByLastWrite(retention: number, lastWritten: string | null, { now, zone }: JudgeOptions): Judged {
  const wall = parseWall(lastWritten)
  if (wall === null) return unknown(`The time of its last write can't be read: "${lastWritten}".`)
  const found = instantsOf(wall, zone)
  const last = found.kind === 'twice' ? found.second : found.at
  const judged = byRetention(last / 1000, retention, `it was last written on ${sayTime(last, zone)}`, { now, zone })
  const note = {
    once: '',
    twice: ` Clocks in ${zone} showed that time twice; the later one is taken.`,
    skipped: ` Clocks in ${zone} never showed the stored time, so it is taken by the clock before the change.`,
  }[found.kind]
  return { ...judged, because: judged.because + note }
}

/** Beyond it nobody plans, and a little further no calendar goes: the year 5000. */
const farMs = 95_617_584_000_000

/** Bacula compares whole seconds and wants the end to be less than now - retention: one second past the sum. */
function byRetention(
  end: number,
  retention: number,
  said: string,
  { now, zone }: { now: number; zone: string },
): Judged {
  const at = (end + retention + 1) * 1000
  const kept = `its retention is ${sayExactSpan(retention)}`
  if (at >= farMs) return { state: 'in-retention', because: `Not before the year 5000: ${said} and ${kept}.` }
  // Rounded up to the minute, so that nobody comes too early by what the sentence says.
  const due = sayTime(Math.ceil(at / 60_000) * 60_000, zone)
  if (Math.floor(now / 1000) * 1000 >= at)
    return { state: 'prunable', at, because: `Prunable since ${due}: ${said} and ${kept}.` }
  return { state: 'in-retention', at, because: `Not before ${due}: ${said} and ${kept}.` }
}

function whyKept({ recycle, enabled }: VolumeToJudge): string {
  const why = recycle ? `it is ${enabled === 0 ? 'not enabled' : 'archived'}` : 'Recycle is off'
  return `No job writes over it afterwards, as ${why}: its space stays taken.`
}

function never(because: string): Judged {
  return { state: 'never', because }
}

function unknown(because: string): Judged {
  return { state: 'unknown', because }
}
