import type { Ctx } from '@/lib/auth/actor'
import { newRequestId } from '@/lib/log'

/** Who sits at the machine itself: he may read the store's file, so he may do what an admin may. */
export function commandLineCtx(): Ctx {
  return { actor: { kind: 'system', name: 'command line' }, requestId: newRequestId() }
}
