import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

/** The host of that name, or null. */
export async function findHostByName(ctx: Ctx, name: string): Promise<{ id: string; name: string } | null> {
  authorize(ctx, 'read inventory')
  return read((tx) => tx.host.findUnique({ where: { name }, select: { id: true, name: true } }))
}
