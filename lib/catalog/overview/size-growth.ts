import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import type { TableSize } from './catalog-sizes'

export interface SizeSample {
  table: string
  /** YYYY-MM-DD. */
  day: string
  rows: bigint | null
  bytes: bigint | null
}

export interface TableGrowth {
  /** Between the oldest kept day and now. */
  days: number
  rows: number | null
  bytes: number | null
  /** Bytes on each kept day, the oldest first; null where a day was not read. */
  course: (number | null)[]
}

const dayMs = 86_400_000
const span = 90

/** The kept sizes of a catalog's tables of the last 90 days before `day` (YYYY-MM-DD). */
export async function listSizeSamples(ctx: Ctx, catalogId: string, day: string): Promise<SizeSample[]> {
  authorize(ctx, 'read backups')
  const from = new Date(Date.parse(day) - span * dayMs).toISOString().slice(0, 10)
  return read((tx) =>
    tx.catalogSizeSample.findMany({
      where: { catalogId, day: { gte: from, lt: day } },
      select: { table: true, day: true, rows: true, bytes: true },
      orderBy: { day: 'asc' },
    }),
  )
}

/** How a table has grown since the oldest of its samples; null where there is none. Pure. */
export function growthOf(size: TableSize, samples: readonly SizeSample[], day: string): TableGrowth | null {
  const own = samples.filter(({ table }) => table === size.table)
  const [first] = own
  if (!first) return null
  const days = Math.round((Date.parse(day) - Date.parse(first.day)) / dayMs)
  const course: (number | null)[] = Array.from({ length: days }, () => null)
  for (const sample of own)
    course[Math.round((Date.parse(sample.day) - Date.parse(first.day)) / dayMs)] = known(sample.bytes)
  return {
    days,
    rows: difference(size.rows, known(first.rows)),
    bytes: difference(size.bytes, known(first.bytes)),
    course: [...course, size.bytes],
  }
}

function known(value: bigint | null): number | null {
  return value === null ? null : Number(value)
}

function difference(now: number | null, then: number | null): number | null {
  return now === null || then === null ? null : now - then
}
