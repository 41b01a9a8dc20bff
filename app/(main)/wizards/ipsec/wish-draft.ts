import { z } from 'zod'
import type { Wish } from './wish'

const text = z.string().max(400)

/** A draft as it was kept. */
export const wishDraft: z.ZodType<Wish> = z.object({
  mesh: text.nullable(),
  name: text,
  tag: text.nullable(),
  profile: z.enum(['modern', 'compatible']),
  prefix: text,
  renumbers: z.boolean(),
  innerNames: z.boolean(),
  replaced: z.array(text).max(2000),
  members: z.record(text, z.object({ label: text, outer: text, inner: text.nullable() })),
})
