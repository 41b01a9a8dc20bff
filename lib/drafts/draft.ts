import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'

const maxDraftChars = 200_000

export const KeepDraftInput = z.object({
  wizard: z.string().regex(/^[a-z-]{1,40}$/),
  /** JSON of the form, without secrets. */
  data: z.string().max(maxDraftChars, 'This draft is too long to be kept.'),
})

/** Keeps what a person typed in a wizard, one draft per person and wizard. No audit row: it is nobody else's. */
export async function keepDraft(ctx: Ctx, input: z.input<typeof KeepDraftInput>): Promise<{ keptAt: number }> {
  authorize(ctx, 'plan a change')
  const { wizard, data } = parseInput(KeepDraftInput, input)
  const userId = personOf(ctx)
  await work((tx) =>
    tx.draft.upsert({
      where: { userId_wizard: { userId, wizard } },
      create: { userId, wizard, data },
      update: { data },
    }),
  )
  return { keptAt: Date.now() }
}

/** What the person typed last in that wizard; null when there is nothing. */
export async function findDraft(ctx: Ctx, wizard: string): Promise<{ data: unknown; keptAt: Date } | null> {
  const row = await read((tx) => tx.draft.findUnique({ where: { userId_wizard: { userId: personOf(ctx), wizard } } }))
  if (!row) return null
  return { data: JSON.parse(row.data), keptAt: row.updatedAt }
}

function personOf(ctx: Ctx): string {
  if (ctx.actor.kind === 'user') return ctx.actor.id
  throw new AppError('unauthenticated', `expected a person, got ${ctx.actor.name}`)
}
