import { notFound } from 'next/navigation'
import { cache } from 'react'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
import { mayTouch, notYours } from '@/lib/auth/host-scope'
import { can } from '@/lib/auth/rights'
import { isAppError } from '@/lib/errors'
import { getHost, type HostDetail } from '@/lib/inventory/get-host'

export interface HostOfPage {
  ctx: Ctx
  host: HostDetail
  mayRead: boolean
  mayDescribe: boolean
  mayEdit: boolean
  /** Why an operator may do nothing here; null where he may, and for whom it says nothing. */
  notYours: string | null
}

/** The host of a page and what its reader may do, loaded once per request; a host that is not there is the 404 page. */
export const hostOf = cache(
  async (hostId: string): Promise<HostOfPage> => loadHostOf(await pageCtx('read inventory'), hostId),
)

/** The same where only an admin has something to do. */
export const adminHostOf = cache(
  async (hostId: string): Promise<HostOfPage> => loadHostOf(await pageCtx('edit host identity'), hostId),
)

async function loadHostOf(ctx: Ctx, hostId: string): Promise<HostOfPage> {
  try {
    const host = await getHost(ctx, hostId)
    const isYours = mayTouch(ctx.actor, host.tags)
    return {
      ctx,
      host,
      mayRead: isYours && can(ctx.actor, 'read facts anew'),
      mayDescribe: isYours && can(ctx.actor, 'edit host notes'),
      mayEdit: can(ctx.actor, 'edit host identity'),
      notYours: isYours ? null : notYours(ctx.actor, host.name),
    }
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') notFound()
    throw error
  }
}
