import { z } from 'zod'

const notReadWhys = [
  'absent',
  'denied',
  'timed-out',
  'failed',
  'no-program',
  'cut-off',
  /** No reading of this round was about it: its socket became known only now. */
  'not-asked',
] as const

/** A value, or why there is none. Never rounded to "empty". */
export function told<Schema extends z.ZodType>(value: Schema) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('read'), value }),
    z.object({ state: z.literal('not-read'), why: z.enum(notReadWhys), detail: z.string() }),
  ])
}

export type WhyNotTold = (typeof notReadWhys)[number]
export type Told<T> = { state: 'read'; value: T } | { state: 'not-read'; why: WhyNotTold; detail: string }
