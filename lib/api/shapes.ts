import { z } from 'zod'

/** A moment as it goes out: ISO 8601 in UTC. */
export const instant = z.iso.datetime()

/** The same of a date of ours. */
export function instantOf(date: Date): string
export function instantOf(date: Date | null): string | null
export function instantOf(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

/** Which page of a list, from 1, and how long a page is. */
export const paging = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
}

export const changeId = z.coerce.number().int().positive()

/** What a plan led to: a change, or the sentence that says why there is nothing to do. */
export const planned = z.union([z.object({ changeId: z.int() }), z.object({ nothingToDo: z.string() })])

export const nothing = z.object({})
