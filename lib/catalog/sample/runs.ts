import { laterInstant, wallText } from '@/lib/catalog/rules/local-time'
import { dueRuns } from './calendar'
import { poolOf, type SampleJob, type SampleLevel, type SamplePool, sampleDays, sampleJobs } from './configuration'
import { blockBytes, fitPools } from './fit-pools'
import type { Random } from './random'

/** One run of a job, before it has a place on volumes. Times are milliseconds since 1970. */
export interface SampleRun {
  job: SampleJob
  level: SampleLevel
  pool: SamplePool
  due: number
  start: number
  end: number
  status: 'T' | 'W' | 'E' | 'f' | 'A' | 'R'
  errors: number
  /** Blocks on its volumes; 0 for what never got that far. */
  blocks: number
  /** Whether its volumes still hold it. */
  isHeld: boolean
  /** What its size was multiplied by to fit. */
  scale: number
}

const dayMs = 86_400_000
/** The tunnel to the server is down: since then all its runs fail. */
const tunnelDownDays = 9

/** All runs of the year that ends now, in the order in which they ran: one after the other, as there is one device. */
export function makeRuns(now: number, zone: string, random: Random): SampleRun[] {
  const begin = now - sampleDays * dayMs
  const rules = sampleJobs.flatMap((job) => job.rules.map((rule) => ({ ...rule, job })))
  const started = new Set<string>()
  const runs: SampleRun[] = []
  let free = begin
  for (const { rule, wall } of dueRuns(rules, wallAt(begin, zone), wallAt(now, zone))) {
    const due = laterInstant(new Date(wall).toISOString().slice(0, 19), zone)
    if (due === null) continue
    // A job without a good Full is made one, whatever its schedule asks for.
    const level = started.has(rule.job.name) ? rule.level : 'F'
    const run = makeRun(rule.job, level, { due, wall, start: Math.max(due + 3000, free), now, begin, random })
    // What would still be running is left out: nobody runs it.
    if (run.end > now - 60_000) continue
    started.add(rule.job.name)
    runs.push(run)
    free = run.end + 5000
  }
  spoil(runs, now)
  fitPools(runs, now)
  return timeAgain(runs, now)
}

/** After their sizes were fitted: who writes less is done sooner. */
function timeAgain(runs: SampleRun[], now: number): SampleRun[] {
  let free = 0
  for (const run of runs) {
    const length = (run.end - run.start) * run.scale
    run.start = Math.max(run.due + 3000, free)
    run.end = Math.min(run.start + length, now - 60_000)
    free = run.end + 5000
  }
  return runs
}

interface Moment {
  due: number
  wall: number
  start: number
  now: number
  begin: number
  random: Random
}

function makeRun(job: SampleJob, level: SampleLevel, moment: Moment): SampleRun {
  const { due, start, random } = moment
  const run = { job, level, due, start, pool: poolOf(job, level), isHeld: false, scale: 1 }
  const drawn = random.next()
  const daysAgo = (moment.now - start) / dayMs
  const isDown = job.clientId === 2 && daysAgo < tunnelDownDays
  if (isDown || (level !== 'F' && daysAgo > 4 && drawn < 0.025))
    return { ...run, status: 'f', errors: 1, blocks: 0, end: start + random.between(120_000, 200_000) }
  const gigabytes = gigabytesOf(job, level, moment)
  const seconds = (gigabytes * 1000) / (job.speed[level] * random.between(0.85, 1.15)) + random.between(8, 40)
  return {
    ...run,
    status: drawn > 0.97 ? 'W' : 'T',
    errors: random.chance(0.05) ? 1 + random.whole(4) : 0,
    blocks: Math.max(1, Math.round((gigabytes * 1e9) / blockBytes)),
    end: start + seconds * 1000,
  }
}

function gigabytesOf(job: SampleJob, level: SampleLevel, { wall, start, now, begin, random }: Moment): number {
  const date = new Date(wall)
  const year = (start - begin) / (now - begin)
  if (job.name === 'Zebulon-A' && level === 'F') return job.sizes.F * 8.5 ** (year - 1)
  const noise = random.between(0.8, 1.2)
  const grown = (2 + year) / 3
  // A Differential holds all that changed since the month's Full.
  const since = level === 'D' ? 0.5 + date.getUTCDate() / 31 : 1
  // The Incremental that follows a Differential at once finds next to nothing.
  const follows = job.rules.some((rule) => rule.level === 'D' && rule.weekdays.includes(date.getUTCDay()))
  const isTwin = level === 'I' && follows && date.getUTCDate() > 7
  return job.sizes[level] * grown * noise * since * (isTwin ? 0.02 : 1)
}

/** What goes wrong in a year once: a canceled run, one that broke off, and one that a power cut left running for ever. */
function spoil(runs: SampleRun[], now: number): void {
  const near = (name: string, level: SampleLevel, daysAgo: number) =>
    runs
      .filter(({ job, level: its, status }) => job.name === name && its === level && status === 'T')
      .sort(
        (one, other) => Math.abs(now - one.start - daysAgo * dayMs) - Math.abs(now - other.start - daysAgo * dayMs),
      )[0]
  const change = (run: SampleRun | undefined, status: SampleRun['status'], share: number) => {
    if (!run) return
    Object.assign(run, { status, blocks: Math.floor(run.blocks * share), errors: status === 'E' ? 1 : 0 })
    run.end = run.start + (run.end - run.start) * Math.max(share, 0.01)
  }
  change(near('Zebulon-A', 'D', 38), 'A', 0.3)
  change(near('Zebulon-A', 'I', 12), 'E', 0.4)
  change(near('Vacs-B', 'I', 26), 'R', 0)
}

function wallAt(at: number, zone: string): number {
  return Date.parse(`${wallText(at, zone).replace(' ', 'T')}Z`)
}
