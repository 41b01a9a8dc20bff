import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize, can } from '@/lib/auth/rights'
import { read, type Tx, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { tagField } from './fields'

export interface TagRow {
  tag: string
  hosts: number
  takesTwo: boolean
}

/** Every tag that a host has or a rule names, with how many hosts have it. */
export async function listTags(ctx: Ctx): Promise<TagRow[]> {
  authorize(ctx, 'edit settings')
  return read(async (tx) => {
    const used = await tx.hostTag.groupBy({ by: ['tag'], _count: true })
    const strict = new Set((await tx.twoPeopleTag.findMany()).map((row) => row.tag))
    const counts = new Map(used.map((row) => [row.tag, row._count]))
    const tags = [...new Set([...counts.keys(), ...strict])].sort()
    return tags.map((tag) => ({ tag, hosts: counts.get(tag) ?? 0, takesTwo: strict.has(tag) }))
  })
}

export const SetTwoPeopleInput = z.object({ tag: tagField, takesTwo: z.boolean() })

/** Says whether changes of the hosts with this tag take two people: who asked for one cannot approve it. */
export async function setTwoPeople(ctx: Ctx, input: z.input<typeof SetTwoPeopleInput>): Promise<void> {
  authorize(ctx, 'edit settings')
  const { tag, takesTwo } = parseInput(SetTwoPeopleInput, input)
  await work(async (tx) => {
    const before = await tx.twoPeopleTag.findUnique({ where: { tag } })
    if ((before !== null) === takesTwo) return
    if (takesTwo) await tx.twoPeopleTag.create({ data: { tag, setBy: ctx.actor.name } })
    else await tx.twoPeopleTag.delete({ where: { tag } })
    const verb = takesTwo ? 'ask for two people' : 'ask for one person'
    await writeAudit(tx, ctx, { verb, object: 'setting', objectId: `tag ${tag}`, label: `tag ${tag}` })
  })
}

/** Throws AppError `invalid` when somebody who may not edit settings would take such a tag off a host. */
export async function refuseLosingTwoPeople(
  tx: Tx,
  ctx: Ctx,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  if (can(ctx.actor, 'edit settings')) return
  const lost = before.filter((tag) => !after.includes(tag))
  const strict = await tx.twoPeopleTag.findFirst({ where: { tag: { in: lost } } })
  if (strict) throw fieldError('tags', `Hosts tagged ${strict.tag} take two people. Only an admin takes this tag off.`)
}
