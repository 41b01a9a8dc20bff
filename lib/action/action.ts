import { headers } from 'next/headers'
import type { ZodType } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize, type Right } from '@/lib/auth/rights'
import { parseInput } from '@/lib/errors/parse-input'
import { checkOrigin } from './check-origin'
import { ctxOf, nobodyCtx, recordRefusal } from './request-ctx'
import { type ScreenError, toScreen } from './to-screen'

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ScreenError }

/**
 * Makes a server action of a verb: origin → session → right → parse → verb → result. What the verb throws comes back as
 * an error for the screen, never as an exception. `own account` asks for a session alone, `setting up` also lets in who
 * must set up a second factor first. The right is asked for here too, so that nobody learns from complaints about his
 * input what he may not do; the verb asks again, whoever calls it.
 */
export function action<Output, Input, Result>(
  right: Right | 'own account' | 'setting up',
  schema: ZodType<Output, Input>,
  verb: (ctx: Ctx, input: Output, headers: Headers) => Promise<Result>,
): (input: Input) => Promise<ActionResult<Result>> {
  return async (input) => {
    let ctx = nobodyCtx()
    try {
      const sent = await headers()
      checkOrigin(sent)
      ctx = await ctxOf(sent, right === 'setting up')
      if (right !== 'own account' && right !== 'setting up') authorize(ctx, right)
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
