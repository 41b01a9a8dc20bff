import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { keepParts } from './ask-change'
import { changeGrew } from './bus'
import { shortDigest } from './digest'
import { launchChange } from './engine'
import { maskPlan } from './mask'
import { openPlan, sealPlan } from './plan-record'

/** How long an approval holds. */
export const approvalMinutes = 15

export const ChangeInput = z.object({ changeId: z.coerce.number().int().positive() })
export const ApproveInput = ChangeInput.extend({ digest: z.string().length(64) })

/** Puts a planned change before those who may approve it. */
export async function askForApproval(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'plan a change')
  const { changeId } = parseInput(ChangeInput, input)
  await work(async (tx) => {
    const change = await changeIn(tx, changeId, ['planned'])
    await tx.change.update({ where: { id: changeId }, data: { state: 'asked' } })
    await audit(tx, ctx, 'ask for approval', change)
  })
  changeGrew(changeId)
}

/**
 * Approves exactly the plan whose digest was on the screen, and begins to apply it. A stale change is approved with the
 * digest of its newer plan. Throws `stale-plan` for another digest, `locked` while another change runs on a host.
 */
export async function approveChange(ctx: Ctx, input: z.input<typeof ApproveInput>): Promise<void> {
  authorize(ctx, 'approve a change')
  const { changeId, digest } = parseInput(ApproveInput, input)
  await work(async (tx) => {
    const change = await changeIn(tx, changeId, ['planned', 'asked', 'stale'])
    const record = openPlan(change.sealedPlan)
    const approved = record.fresh ?? record
    if (approved.digest !== digest) throw notWhatWasSeen(changeId, approved.digest, digest)
    await refuseBusyHosts(
      tx,
      changeId,
      approved.hosts.map((host) => host.id),
    )
    if (record.fresh) await keepParts(tx, changeId, record.fresh)
    await tx.change.update({
      where: { id: changeId },
      data: {
        state: 'approved',
        digest,
        sealedPlan: sealPlan(approved),
        title: maskPlan(approved.plan).title,
        summary: maskPlan(approved.plan).summary,
        approvedBy: ctx.actor.name,
        approvedById: ctx.actor.kind === 'user' ? ctx.actor.id : 'pollux',
        approvedAt: new Date(),
        expiresAt: new Date(Date.now() + approvalMinutes * 60_000),
      },
    })
    await audit(tx, ctx, 'approve change', change, { digest })
  })
  launchChange(changeId)
  changeGrew(changeId)
}

/** Takes a change that has not begun off the table. */
export async function dropChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'plan a change')
  const { changeId } = parseInput(ChangeInput, input)
  await work(async (tx) => {
    const change = await changeIn(tx, changeId, ['planned', 'asked', 'stale'])
    const detail = `Dropped by ${ctx.actor.name}. Nothing was touched.`
    await tx.change.update({
      where: { id: changeId },
      data: { state: 'ended', outcome: 'cancelled', detail, endedAt: new Date() },
    })
    await audit(tx, ctx, 'drop change', change)
  })
  changeGrew(changeId)
}

type ChangeRow = Awaited<ReturnType<typeof changeIn>>

async function changeIn(tx: Tx, changeId: number, states: readonly string[]) {
  const change = await tx.change.findUnique({ where: { id: changeId } })
  if (!change)
    throw new AppError('not-found', `expected change ${changeId}, found none`, {
      userMessage: `There is no change #${changeId}.`,
    })
  if (!states.includes(change.state))
    throw new AppError('conflict', `expected change ${changeId} in ${states.join(', ')}, got ${change.state}`, {
      userMessage: `Change #${changeId} is ${change.state} already.`,
    })
  return change
}

async function refuseBusyHosts(tx: Tx, changeId: number, hostIds: readonly string[]): Promise<void> {
  const busy = await tx.change.findFirst({
    where: {
      id: { not: changeId },
      state: { in: ['approved', 'applying'] },
      hosts: { some: { hostId: { in: [...hostIds] } } },
    },
    include: { hosts: true },
  })
  if (!busy) return
  const names = busy.hosts.filter((host) => hostIds.includes(host.hostKeptId)).map((host) => host.hostName)
  throw new AppError('locked', `expected free hosts, got change ${busy.id} on ${names.join(', ')}`, {
    userMessage: `Change #${busy.id} runs on ${names.join(', ')}. Approve this one when it has ended.`,
    data: { changeId: busy.id },
  })
}

function notWhatWasSeen(changeId: number, expected: string, got: string): AppError {
  return new AppError('stale-plan', `expected digest ${expected}, got ${got}`, {
    userMessage: `The plan of #${changeId} is no longer the one that was on your screen (${shortDigest(got)}). Look at the new one, then approve it.`,
  })
}

async function audit(tx: Tx, ctx: Ctx, verb: string, change: ChangeRow, detail: Record<string, unknown> = {}) {
  const label = `#${change.id} ${change.title}`
  await writeAudit(tx, ctx, { verb, object: 'change', objectId: String(change.id), label, detail })
}
