import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { changeHostIdentity } from './change-host-identity'
import { sshProfiles } from './fields'

export const SetSshProfileInput = z.object({
  hostId: z.string(),
  version: z.number().int(),
  sshProfile: z.enum(sshProfiles),
})

/** Chooses the algorithms for one host. The profile decides which keys the host can show, so the pin is dropped with it. */
export function setSshProfile(ctx: Ctx, input: z.input<typeof SetSshProfileInput>): Promise<{ pinDropped: boolean }> {
  return changeHostIdentity(ctx, input)
}
