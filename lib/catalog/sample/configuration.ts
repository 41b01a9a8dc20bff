// The configuration of the article "One year of data backup with Bacula on a ReadyNAS duo": its pools, schedules, filesets
// and figures. What it leaves out (limits and retention of the pools for Differential and Incremental) is chosen to fit.

export type SampleLevel = 'F' | 'D' | 'I'

export interface SamplePool {
  id: number
  name: string
  retentionDays: number
  maxVols: number
  labelFormat: string
  /** What the article counted after a year. */
  volumes: number
  gigabytes: number
  /** How far back what is on the volumes goes, in days: retention, and what was not needed again since. */
  heldDays: number
}

export const samplePools = {
  a: pool(1, 'A-Full-Pool', 'A-Full-', 360, 100, { volumes: 73, gigabytes: 313, heldDays: 357 }),
  b: pool(2, 'B-Full-Pool', 'B-Full-', 180, 40, { volumes: 28, gigabytes: 120, heldDays: 245 }),
  c: pool(3, 'C-Full-Pool', 'C-Full-', 65, 5, { volumes: 4, gigabytes: 17, heldDays: 128 }),
  differential: pool(4, 'Diff-Pool', 'Diff-', 60, 30, { volumes: 22, gigabytes: 94, heldDays: 76 }),
  incremental: pool(5, 'Incr-Pool', 'Incr-', 20, 20, { volumes: 13, gigabytes: 55, heldDays: 21.5 }),
} as const satisfies Record<string, SamplePool>

/** The pool that the article's jobs name and never use. */
export const emptyPool = { id: 6, name: 'Default' } as const

function pool(
  id: number,
  name: string,
  labelFormat: string,
  retentionDays: number,
  maxVols: number,
  held: Pick<SamplePool, 'volumes' | 'gigabytes' | 'heldDays'>,
): SamplePool {
  return { id, name, labelFormat, retentionDays, maxVols, ...held }
}

/** How long the installation has been running. */
export const sampleDays = 357

export interface RunRule {
  level: SampleLevel
  /** 0 is Sunday. */
  weekdays: readonly number[]
  /** Which of the month's: 1 is days 1 to 7. */
  nth?: readonly number[]
  /** 1 is January. */
  months?: readonly number[]
  hour: number
  minute: number
}

const [sunday, wednesday, saturday] = [0, 3, 6]
const everySecondMonth = [1, 3, 5, 7, 9, 11]
const notFirst = [2, 3, 4, 5]

/** As the article has them, with their collisions: Differential and Incremental of a Sunday begin at the same minute. */
const weeklyA: readonly RunRule[] = [
  { level: 'F', weekdays: [saturday], nth: [1], hour: 23, minute: 5 },
  { level: 'D', weekdays: [sunday], nth: notFirst, hour: 22, minute: 10 },
  { level: 'I', weekdays: [0, 1, 2, 3, 4, 5], hour: 22, minute: 10 },
]
const weeklyB: readonly RunRule[] = [
  { level: 'F', weekdays: [saturday], nth: [1], months: everySecondMonth, hour: 23, minute: 5 },
  { level: 'D', weekdays: [sunday], nth: notFirst, hour: 22, minute: 10 },
  { level: 'I', weekdays: [wednesday], hour: 22, minute: 10 },
]
const weeklyC: readonly RunRule[] = [
  { level: 'F', weekdays: [saturday], nth: [1], months: everySecondMonth, hour: 2, minute: 5 },
  { level: 'D', weekdays: [saturday], nth: notFirst, hour: 2, minute: 10 },
  { level: 'I', weekdays: [saturday], hour: 2, minute: 10 },
]

export interface SampleJob {
  name: string
  clientId: number
  fileSetId: number
  fullPool: SamplePool
  rules: readonly RunRule[]
  priority: number
  /** Usual size of each level today, in GB on the volumes, before they are fitted to the article's sums. */
  sizes: Readonly<Record<SampleLevel, number>>
  /** Files in a GB on the volumes. */
  filesPerGb: number
  /** MB per second of each level. */
  speed: Readonly<Record<SampleLevel, number>>
  /** What compression leaves. */
  kept: number
  roots: readonly string[]
}

// 57 GB in 5 hours, 10 GB in 2 hours, 2 to 4 GB in 5 to 15 minutes.
const local = { F: 3.2, D: 1.4, I: 5 }
const throughTunnel = { F: 0.5, D: 0.45, I: 0.4 }

export const sampleJobs: readonly SampleJob[] = [
  {
    ...{ name: 'Zebulon-A', clientId: 1, fileSetId: 1, fullPool: samplePools.a, rules: weeklyA, priority: 8 },
    ...{ sizes: { F: 57, D: 10, I: 3 }, filesPerGb: 3600, speed: local, kept: 0.78 },
    roots: ['/home/', '/data/', '/photos/'],
  },
  {
    ...{ name: 'Zebulon-B', clientId: 1, fileSetId: 2, fullPool: samplePools.b, rules: weeklyB, priority: 9 },
    ...{ sizes: { F: 33, D: 1.6, I: 0.7 }, filesPerGb: 240, speed: local, kept: 0.93 },
    roots: ['/data/downloads/', '/opt/'],
  },
  {
    ...{ name: 'Zebulon-C', clientId: 1, fileSetId: 3, fullPool: samplePools.c, rules: weeklyC, priority: 10 },
    ...{ sizes: { F: 5.4, D: 0.5, I: 0.2 }, filesPerGb: 31_000, speed: local, kept: 0.44 },
    roots: ['/etc/', '/usr/local/', '/var/lib/'],
  },
  {
    ...{ name: 'Vacs-A', clientId: 2, fileSetId: 4, fullPool: samplePools.a, rules: weeklyA, priority: 8 },
    ...{ sizes: { F: 1.7, D: 0.5, I: 0.12 }, filesPerGb: 21_000, speed: throughTunnel, kept: 0.35 },
    roots: ['/home/', '/srv/www/', '/var/lib/mysql-dump/'],
  },
  {
    ...{ name: 'Vacs-B', clientId: 2, fileSetId: 5, fullPool: samplePools.b, rules: weeklyB, priority: 9 },
    ...{ sizes: { F: 2.2, D: 0.2, I: 0.08 }, filesPerGb: 4_000, speed: throughTunnel, kept: 0.6 },
    roots: ['/srv/awa/', '/opt/'],
  },
  {
    ...{ name: 'Vacs-C', clientId: 2, fileSetId: 6, fullPool: samplePools.c, rules: weeklyC, priority: 10 },
    ...{ sizes: { F: 1.9, D: 0.15, I: 0.06 }, filesPerGb: 34_000, speed: throughTunnel, kept: 0.41 },
    roots: ['/etc/', '/var/lib/dpkg/'],
  },
]

export const sampleClients = [
  { id: 1, name: 'zebulon-fd', uname: '5.0.1 (24Feb10) x86_64-pc-linux-gnu,ubuntu,10.04', address: '192.168.1.12' },
  { id: 2, name: 'vacs-fd', uname: '5.0.1 (24Feb10) x86_64-pc-linux-gnu,ubuntu,8.04', address: '10.8.0.1' },
] as const

export const sampleFileSets = [
  'Zebulon A-Grade',
  'Zebulon B-Grade',
  'Zebulon C-Grade',
  'Vacs A-Grade',
  'Vacs B-Grade',
  'Vacs C-Grade',
]

/** The pool that a run of a level writes to. */
export function poolOf(of: SampleJob, level: SampleLevel): SamplePool {
  if (level === 'F') return of.fullPool
  return level === 'D' ? samplePools.differential : samplePools.incremental
}
