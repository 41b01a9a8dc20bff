import { z } from 'zod'

/** How the list of jobs can be sorted. */
export const jobSorts = [
  'id',
  'name',
  'client',
  'level',
  'status',
  'start',
  'duration',
  'files',
  'bytes',
  'errors',
] as const
export type JobSort = (typeof jobSorts)[number]

/** Groups of statuses that the list offers. `good`: ended well, without an error; `running`: not ended by what the catalog says. */
export const statusGroups = ['good', 'warned', 'failed', 'canceled', 'running', 'unknown'] as const
export type StatusGroup = (typeof statusGroups)[number]

export interface JobFilter {
  /** A job's id, or a part of its name. */
  search: string
  clientId: number | null
  fileSetId: number | null
  /** The whole name. */
  name: string | null
  /** Job.Level, Job.Type, Job.JobStatus: one letter, in the right case. */
  level: string | null
  type: string | null
  status: StatusGroup | { code: string } | null
  /** First and last day, both included: "2026-11-07", in the catalog's zone. */
  from: string | null
  to: string | null
  /** Its last step (JobTDate) lies in the last hours or days: "24h", "7d". */
  since: string | null
  /** A text in its log. */
  log: string
}

/** What an address may ask of the list of jobs, by the names of its parameters. */
export type JobParams = Readonly<Record<string, string | readonly string[] | undefined>>

const id = z.coerce.number().int().min(0).max(4_294_967_295)
const letter = z.string().length(1)

/** The filter of an address; what cannot be is left out. Texts lose their NULs, which no catalog can hold. */
export function readJobFilter(params: JobParams): JobFilter {
  const one = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value.replaceAll('\0', '').slice(0, 200) : ''
  }
  return {
    search: one('q').trim(),
    clientId: parsed(id, one('client')),
    fileSetId: parsed(id, one('fileset')),
    name: one('name') || null,
    level: parsed(letter, one('level')),
    type: parsed(letter, one('type')),
    status: readStatus(one('status')),
    from: readDay(one('from')),
    to: readDay(one('to')),
    since: sinceSeconds(one('since')) === null ? null : one('since'),
    log: one('log').trim(),
  }
}

/** The parameters of a request as a page gets them. */
export function paramsOf(search: URLSearchParams): JobParams {
  return Object.fromEntries(search)
}

/** Whether the address asks for less than all jobs. */
export function isFiltered(filter: JobFilter): boolean {
  return Object.values(filter).some((value) => value !== null && value !== '')
}

/** How long a span such as "24h" or "7d" is, in seconds; null for what is none. */
export function sinceSeconds(since: string): number | null {
  const [, number, unit] = /^(\d{1,4})([hd])$/.exec(since) ?? []
  return number === undefined ? null : Number(number) * (unit === 'h' ? 3600 : 86_400)
}

function readStatus(text: string): JobFilter['status'] {
  const group = statusGroups.find((known) => known === text)
  if (group) return group
  if (text === 'waiting') return 'running'
  const code = parsed(letter, text)
  return code === null ? null : { code }
}

/** A day of the calendar, or null. */
function readDay(text: string): string | null {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return null
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null
}

/** Empty text is no value: a number would read it as zero. */
function parsed<T>(schema: z.ZodType<T>, text: string): T | null {
  return text === '' ? null : (schema.safeParse(text).data ?? null)
}
