import type { z } from 'zod'
import type { Params } from '@/components/table/sort'
import { auditOutcomes, type ListAuditInput } from '@/lib/audit/list-audit'

const hourMs = 3_600_000

export const spans = [
  { value: '1h', label: 'Last hour', ms: hourMs },
  { value: '1d', label: 'Last 24 hours', ms: 24 * hourMs },
  { value: '7d', label: 'Last 7 days', ms: 7 * 24 * hourMs },
  { value: '30d', label: 'Last 30 days', ms: 30 * 24 * hourMs },
] as const

/**
 * What the address asks for. `since` is a span; `from` and `to` are moments in ISO 8601, or dates (UTC), both of them
 * included. What cannot be is left out.
 */
export function filtersOf(params: Params, now = Date.now()): z.input<typeof ListAuditInput> {
  const one = (name: string) => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null
  }
  const outcome = one('outcome')
  const span = spans.find(({ value }) => value === one('since'))
  return {
    text: one('q') ?? '',
    who: one('who'),
    verb: one('verb'),
    object: one('object')?.slice(0, 40) ?? null,
    objectId: one('id')?.slice(0, 80) ?? null,
    outcome: auditOutcomes.find((known) => known === outcome) ?? null,
    from: span ? new Date(now - span.ms) : momentOf(one('from')),
    to: endOf(one('to')),
    page: pageOf(one('page')),
  }
}

/** Whether the address asks for less than everything. */
export function isFiltered(params: Params): boolean {
  return ['q', 'who', 'verb', 'object', 'id', 'outcome', 'since', 'from', 'to'].some((name) => Boolean(params[name]))
}

function momentOf(text: string | null): Date | null {
  const time = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time)
}

/** The end of a date is the next one's begin; a moment is its own end. */
function endOf(text: string | null): Date | null {
  const moment = momentOf(text)
  return moment && /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? new Date(moment.getTime() + 24 * hourMs) : moment
}

function pageOf(text: string | null): number {
  const page = Number(text)
  return Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1
}
