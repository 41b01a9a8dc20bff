import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { can, type Right } from '@/lib/auth/rights'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/log'
import { recordRefusal } from './request-ctx'

/** Where the proxy notes which page was asked for. */
export const pathHeader = 'x-pollux-path'

const actorOfPage = cache(async () => findActor(await headers()))

/** The context of a page. Without a session it leads to the sign-in and back; without the right, to a page that says so. */
export async function pageCtx(right?: Right): Promise<Ctx & { actor: { kind: 'user' } }> {
  const actor = await actorOfPage()
  if (!actor) {
    const path = (await headers()).get(pathHeader) ?? '/'
    redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
  }
  const ctx = { actor, requestId: newRequestId() }
  if (right && !can(actor, right)) {
    await recordRefusal(ctx, new AppError('forbidden', `page needs '${right}'`, { data: { right } }))
    redirect(`/not-allowed?right=${encodeURIComponent(right)}`)
  }
  return ctx
}
