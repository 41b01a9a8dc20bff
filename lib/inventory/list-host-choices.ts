import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

/** The hosts by name, for choosing one as jump host or hypervisor. */
export async function listHostChoices(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  authorize(ctx, 'read inventory')
  return read((tx) => tx.host.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }))
}
