import type { Ctx } from '@/lib/auth/actor'
import { authorize, type Right } from '@/lib/auth/rights'
import { checkOrigin, checkReader } from './check-origin'
import { ctxOf, nobodyCtx, recordRefusal } from './request-ctx'
import { statusOf } from './status-of'
import { toScreen } from './to-screen'

type Params = Readonly<Record<string, string>>

/** Makes a route handler: origin → session → right → handler; errors as JSON with their status. */
export function route(
  right: Right,
  handle: (ctx: Ctx, request: Request, params: Params) => Promise<Response>,
): (request: Request, context: { params: Promise<Params> }) => Promise<Response> {
  return async (request, { params }) => {
    let ctx = nobodyCtx()
    try {
      if (request.method === 'GET' || request.method === 'HEAD') checkReader(request.headers)
      else checkOrigin(request.headers)
      ctx = await ctxOf(request.headers)
      authorize(ctx, right)
      return await handle(ctx, request, await params)
    } catch (error) {
      await recordRefusal(ctx, error)
      return Response.json(
        { error: toScreen(ctx, error) },
        { status: statusOf(error), headers: { 'cache-control': 'no-store' } },
      )
    }
  }
}
