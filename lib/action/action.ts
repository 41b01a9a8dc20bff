import { headers } from 'next/headers'
import type { ZodType } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { parseInput } from '@/lib/errors/parse-input'
import { checkOrigin } from './check-origin'
import { ctxOf, nobodyCtx, recordRefusal } from './request-ctx'
import { type ScreenError, toScreen } from './to-screen'

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ScreenError }

/**
 * Makes a server action of a verb: origin → session → parse → verb → result. What the verb throws comes back as an
 * error for the screen, never as an exception. The verb itself checks the role; the headers tell it the session.
 */
export function action<Output, Input, Result>(
  schema: ZodType<Output, Input>,
  verb: (ctx: Ctx, input: Output, headers: Headers) => Promise<Result>,
): (input: Input) => Promise<ActionResult<Result>> {
  return async (input) => {
    let ctx = nobodyCtx()
    try {
      const sent = await headers()
      checkOrigin(sent)
      ctx = await ctxOf(sent)
      return { ok: true, data: await verb(ctx, parseInput(schema, input), sent) }
    } catch (error) {
      await recordRefusal(ctx, error)
      return { ok: false, error: toScreen(ctx, error) }
    }
  }
}

/** The same without a session: for the closed list of `open-routes.ts` alone. */
export function openAction<Output, Input, Result>(
  schema: ZodType<Output, Input>,
  verb: (ctx: Ctx, input: Output, headers: Headers) => Promise<Result>,
): (input: Input) => Promise<ActionResult<Result>> {
  return async (input) => {
    const ctx = nobodyCtx()
    try {
      const sent = await headers()
      checkOrigin(sent)
      return { ok: true, data: await verb(ctx, parseInput(schema, input), sent) }
    } catch (error) {
      return { ok: false, error: toScreen(ctx, error) }
    }
  }
}
