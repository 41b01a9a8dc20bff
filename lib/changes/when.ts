import { z } from 'zod'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { nextSpan, parseWindows, type Span } from '@/lib/inventory/maintenance-windows'
import { needsPerson } from './run/needs-person'

/** How long an approval holds. */
export const approvalMinutes = 15

const farthestDays = 35

export const When = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({ kind: z.literal('at'), at: z.iso.datetime('Choose a day and a time.') }),
  z.object({ kind: z.literal('window') }),
])
export type When = z.infer<typeof When>

/** From when until when an approval lets a change begin; `beginAt` is null for one that may begin at once. */
export interface Holds {
  beginAt: Date | null
  expiresAt: Date
}

/**
 * When a change on these hosts may begin. Throws AppError `invalid` for a time that is over or too far away, for hosts
 * without a common window, and where only a person's browser could confirm that the hosts are still in reach (rule 7).
 */
export async function holdsOf(when: When, hostIds: readonly string[], now = new Date()): Promise<Holds> {
  if (when.kind === 'now') return { beginAt: null, expiresAt: minutesAfter(now, approvalMinutes) }
  const person = await needsPerson(hostIds)
  if (person)
    throw refused(
      `${person} Somebody must be there to confirm that it is still in reach, so it can only begin at once.`,
    )
  if (when.kind === 'at') return holdsAt(new Date(when.at), now)
  const { span, refusal } = await findSpan(hostIds, now)
  if (!span) throw refused(refusal)
  return { beginAt: span.from, expiresAt: span.until }
}

/** The hosts' next common maintenance window, or the sentence that says why there is none. */
export async function findSpan(
  hostIds: readonly string[],
  now = new Date(),
): Promise<{ span: Span; refusal: null } | { span: null; refusal: string }> {
  const hosts = await read((tx) =>
    tx.host.findMany({
      where: { id: { in: [...hostIds] } },
      select: { name: true, windows: true },
      orderBy: { name: 'asc' },
    }),
  )
  const windows = hosts.map((host) => parseWindows(host.windows))
  const without = hosts.filter((_, at) => windows[at]?.length === 0).map((host) => host.name)
  if (without.length > 0)
    return {
      span: null,
      refusal: `${without.join(', ')} ${without.length === 1 ? 'has' : 'have'} no maintenance window.`,
    }
  const span = nextSpan(windows, now)
  return span ? { span, refusal: null } : { span: null, refusal: 'These hosts have no maintenance window in common.' }
}

function holdsAt(at: Date, now: Date): Holds {
  if (at <= now) throw refused('This time is over. Choose one that is still to come.')
  if (at.getTime() - now.getTime() > farthestDays * 86_400_000)
    throw refused(`A change can be approved for at most ${farthestDays} days ahead.`)
  return { beginAt: at, expiresAt: minutesAfter(at, approvalMinutes) }
}

function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}

function refused(sentence: string): AppError {
  return new AppError('invalid', sentence, { userMessage: sentence })
}
