import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { refuseWhilePaused } from '@/lib/config/paused'
import { read, type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { keepParts } from './ask-change'
import { changeGrew } from './bus'
import { authorizeChange } from './change-scope'
import { shortDigest } from './digest'
import { beginDue } from './engine'
import { forgetSecrets } from './forget-secrets'
import { maskPlan } from './mask'
import { openPlan, sealPlan } from './plan-record'
import { refuseCanary } from './refuse-canary'
import { refuseOwnApproval } from './two-people'
import { type Holds, holdsOf, When } from './when'

export const ChangeInput = z.object({ changeId: z.coerce.number().int().positive() })
export const ApproveInput = ChangeInput.extend({
  digest: z.string().length(64),
  /** When it begins. */
  when: When.default({ kind: 'now' }),
  /** The host that goes first, alone. */
  canaryId: z.string().min(1).nullable().default(null),
})

/** The states of a change that was approved and has not begun. */
const waitingStates = ['queued', 'scheduled']

/** Puts a planned change before those who may approve it. */
export async function askForApproval(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'plan a change')
  const { changeId } = parseInput(ChangeInput, input)
  await authorizeChange(ctx, changeId)
  await work(async (tx) => {
    const change = await changeIn(tx, changeId, ['planned'])
    await tx.change.update({ where: { id: changeId }, data: { state: 'asked' } })
    await audit(tx, ctx, 'ask for approval', change)
  })
  changeGrew(changeId)
}

/**
 * Approves exactly the plan whose digest was on the screen. It begins at once, in its turn where another change holds one
 * of its hosts, or at the time that was said. A stale change is approved with the digest of its newer plan.
 * Throws `stale-plan` for another digest, `forbidden` where a tag asks for two people, `invalid` for a time or a first
 * host that cannot be, `locked` while Pollux is paused.
 */
export async function approveChange(ctx: Ctx, input: z.input<typeof ApproveInput>): Promise<void> {
  authorize(ctx, 'approve a change')
  refuseWhilePaused()
  const { changeId, digest, when, canaryId } = parseInput(ApproveInput, input)
  await authorizeChange(ctx, changeId)
  const holds = await holdsOf(when, await hostsOf(changeId))
  await work(async (tx) => {
    const change = await changeIn(tx, changeId, ['planned', 'asked', 'stale'])
    const record = openPlan(change.sealedPlan)
    const approved = record.fresh ?? record
    if (approved.digest !== digest) throw notWhatWasSeen(changeId, approved.digest, digest)
    const shown = maskPlan(approved.plan)
    const hostIds = approved.hosts.map((host) => host.id)
    await refuseOwnApproval(tx, ctx, change, hostIds)
    if (canaryId !== null) refuseCanary(approved.plan, canaryId)
    if (record.fresh) await keepParts(tx, changeId, record.fresh)
    await tx.change.update({
      where: { id: changeId },
      data: {
        state: holds.beginAt === null ? 'queued' : 'scheduled',
        digest,
        sealedPlan: sealPlan(approved),
        title: shown.title,
        summary: shown.summary,
        approvedBy: ctx.actor.name,
        approvedById: ctx.actor.kind === 'user' ? ctx.actor.id : 'pollux',
        approvedAt: new Date(),
        canaryId,
        ...holds,
      },
    })
    const told = howText(holds, approved.hosts.find((host) => host.id === canaryId)?.name)
    if (told)
      await tx.journalLine.create({
        data: { changeId, at: new Date(), kind: 'note', text: `${ctx.actor.name} approved it: ${told}` },
      })
    const detail = { digest, when: when.kind, beginAt: holds.beginAt?.toISOString(), canaryId: canaryId ?? undefined }
    await audit(tx, ctx, 'approve change', change, detail)
  })
  await beginDue()
  changeGrew(changeId)
}

/** What the journal says of an approval that is not for at once and for all hosts together. */
function howText({ beginAt, expiresAt }: Holds, canary: string | undefined): string {
  const time = beginAt && `it begins between ${beginAt.toISOString()} and ${expiresAt.toISOString()}`
  return [time, canary && `${canary} goes first`].filter(Boolean).join('; ')
}

async function hostsOf(changeId: number): Promise<string[]> {
  const rows = await read((tx) => tx.changeHost.findMany({ where: { changeId }, select: { hostKeptId: true } }))
  return rows.map((row) => row.hostKeptId)
}

/** Takes a change that has not begun off the table. */
export async function dropChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'plan a change')
  const { changeId } = parseInput(ChangeInput, input)
  await authorizeChange(ctx, changeId)
  await work(async (tx) => {
    const change = await changeIn(tx, changeId, ['planned', 'asked', 'stale', ...waitingStates])
    const isTaken = waitingStates.includes(change.state)
    const detail = `${isTaken ? 'Called off' : 'Dropped'} by ${ctx.actor.name}. Nothing was touched.`
    await tx.change.update({
      where: { id: changeId },
      data: { state: 'ended', outcome: 'cancelled', detail, endedAt: new Date() },
    })
    await forgetSecrets(tx, changeId)
    await audit(tx, ctx, 'drop change', change)
  })
  // What waited behind it may have its turn now.
  await beginDue()
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

function notWhatWasSeen(changeId: number, expected: string, got: string): AppError {
  return new AppError('stale-plan', `expected digest ${expected}, got ${got}`, {
    userMessage: `The plan of #${changeId} is no longer the one that was on your screen (${shortDigest(got)}). Look at the new one, then approve it.`,
  })
}

async function audit(tx: Tx, ctx: Ctx, verb: string, change: ChangeRow, detail: Record<string, unknown> = {}) {
  const label = `#${change.id} ${change.title}`
  await writeAudit(tx, ctx, { verb, object: 'change', objectId: String(change.id), label, detail })
}
