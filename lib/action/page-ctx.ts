import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Ctx } from '@/lib/auth/actor'
import { findSignedIn } from '@/lib/auth/current-actor'
import { can, type Right } from '@/lib/auth/rights'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/log'
import { recordRefusal } from './request-ctx'

/** Where the proxy notes which page was asked for. */
export const pathHeader = 'x-pollux-path'

const signedInOfPage = cache(async () => findSignedIn(await headers()))

type PageCtx = Ctx & { actor: { kind: 'user' } }

/**
 * The context of a page. Without a session it leads to the sign-in and back; before a second factor that one must have,
 * to where it is set up; without the right, to a page that says so.
 */
export async function pageCtx(right?: Right): Promise<PageCtx> {
  const { ctx, mustSetUp } = await signedInCtx()
  if (mustSetUp) redirect('/second-factor')
  const { actor } = ctx
  if (right && !can(actor, right)) {
    await recordRefusal(ctx, new AppError('forbidden', `page needs '${right}'`, { data: { right } }))
    redirect(`/not-allowed?right=${encodeURIComponent(right)}`)
  }
  return ctx
}

/** The context of the page where the second factor is set up: the one that asks for a session alone. */
export async function signedInCtx(): Promise<{ ctx: PageCtx; mustSetUp: boolean }> {
  const signedIn = await signedInOfPage()
  if (!signedIn) {
    const path = (await headers()).get(pathHeader) ?? '/'
    redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
  }
  return { ctx: { actor: signedIn.actor, requestId: newRequestId() }, mustSetUp: signedIn.mustSetUp }
}
