import { z } from 'zod'
import { defaultHealthLimits, type HealthLimits } from '../rules'

const limit = z.number().int().min(1).nullable()

/** From which figures on a volume is worth a look; null switches a figure off. */
export const limitsSchema = z.object({ errors: limit, mounts: limit, writes: limit, ageDays: limit })

/** The stored limits, and the usual ones for what is not stored. */
export function parseLimits(stored: string): HealthLimits {
  return { ...defaultHealthLimits, ...limitsSchema.partial().parse(JSON.parse(stored)) }
}
