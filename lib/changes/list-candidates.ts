import type { Ctx } from '@/lib/auth/actor'
import { mayTouch, notYours } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

/** A host as a wizard offers it. */
export interface Candidate {
  id: string
  name: string
  address: string
  /** Why no change can be made on it; null when one can. */
  whyNot: string | null
}

/** Every host, with the reason where a wizard cannot work on it. One query. */
export async function listCandidates(ctx: Ctx): Promise<Candidate[]> {
  authorize(ctx, 'plan a change')
  const hosts = await read((tx) =>
    tx.host.findMany({
      select: {
        id: true,
        name: true,
        address: true,
        privilege: true,
        keys: { select: { state: true } },
        tags: { select: { tag: true } },
      },
      orderBy: { name: 'asc' },
    }),
  )
  return hosts.map(({ id, name, address, privilege, keys, tags }) => ({
    id,
    name,
    address,
    whyNot: mayTouch(
      ctx.actor,
      tags.map((row) => row.tag),
    )
      ? whyNot(
          privilege,
          keys.map((key) => key.state),
        )
      : notYours(ctx.actor, name),
  }))
}

function whyNot(privilege: string, keys: readonly string[]): string | null {
  if (keys.includes('offered')) return 'Its host key changed. An admin has to look at it first.'
  if (!keys.includes('pinned')) return 'Its host key was not confirmed yet.'
  if (privilege === 'none') return 'Its login may neither be root nor use sudo, so nothing can be changed there.'
  return null
}
