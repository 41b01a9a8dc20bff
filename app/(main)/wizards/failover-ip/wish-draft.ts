import { z } from 'zod'
import type { Wish } from './wish'

/** A draft as it was kept. */
export const wishDraft: z.ZodType<Wish> = z.object({
  operation: z.enum(['add', 'remove', 'move']),
  address: z.string().max(100),
  label: z.string().max(40),
  from: z.string().max(400),
  to: z.string().max(400),
  keep: z.enum(['boot', 'live-only']),
  announce: z.boolean(),
})
