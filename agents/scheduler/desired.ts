import { z } from 'zod'
import { schedulerName } from './facts'

/** A device that is not named is not touched; 'leave' also takes it out of what Pollux sets at boot. */
export const schedulerChoice = z.union([z.literal('leave'), schedulerName])

/** What the wizard's form says: per host id, per device key, a scheduler or 'leave'. */
export const schedulerDesired = z.object({
  persistence: z.enum(['boot', 'live-only']),
  hosts: z.record(z.string().min(1).max(200), z.record(z.string().min(1).max(1000), schedulerChoice)),
})

export type SchedulerDesired = z.infer<typeof schedulerDesired>
