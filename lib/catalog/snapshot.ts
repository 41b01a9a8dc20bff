import { z } from 'zod'

const count = z.number().int().min(0)

/** What the regular reading of a catalog keeps beside its rows, so that home and metrics wait for no catalog. */
export const snapshotSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  pools: z.array(
    z.object({
      poolId: count,
      name: z.string(),
      volumes: count,
      bytes: z.number(),
      capacityBytes: z.number().nullable(),
      prunableBytes: z.number(),
      reclaimableBytes: z.number(),
      inError: count,
      byStatus: z.record(z.string(), count),
    }),
  ),
})
export type CatalogSnapshot = z.infer<typeof snapshotSchema>

const json = z.string().transform((text, ctx): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    ctx.addIssue({ code: 'custom', message: 'expected JSON' })
    return z.NEVER
  }
})

/** The stored snapshot; null where none was kept yet, or an earlier Pollux kept another. */
export function parseSnapshot(stored: string | null): CatalogSnapshot | null {
  if (stored === null) return null
  const parsed = json.pipe(snapshotSchema).safeParse(stored)
  return parsed.success ? parsed.data : null
}
