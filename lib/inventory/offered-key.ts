import { z } from 'zod'
import { isAppError } from '@/lib/errors'
import type { PinnedKey } from '@/lib/ssh/types'

const ChangedKey = z.object({
  hostId: z.string(),
  newKeys: z.array(z.object({ algorithm: z.string(), key: z.string(), fingerprint: z.string() })).min(1),
})

/** Which host offered which keys in the place of its pinned ones, as lib/ssh's `host-key-changed` carries it; it may be a jump host. */
export function offeredKeysOf(error: unknown): { hostId: string; newKeys: PinnedKey[] } | null {
  if (!isAppError(error) || error.code !== 'host-key-changed') return null
  return ChangedKey.safeParse(error.data).data ?? null
}
