import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { type Planned, planChange } from '@/lib/changes/ask-change'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { askDirector } from './ask-director'
import { directorOf } from './live/watch-running'
import { type OperationWish, operationWish } from './operation-wish'
import { parseRunning } from './parse-status'
import { keptVolumes } from './prunable-volumes'

export const PlanOperationInput = z.object({ catalogId: z.string().min(1).max(64), operation: operationWish })

/**
 * Plans one thing that a director is asked for, on what it tells now; nothing is done. Throws `forbidden`, `not-found`,
 * `conflict` where no host of the director is known, `invalid` where it cannot be, and `unreachable`.
 */
export async function planOperation(ctx: Ctx, input: z.input<typeof PlanOperationInput>): Promise<Planned> {
  authorize(ctx, 'operate backups')
  const { catalogId, operation } = parseInput(PlanOperationInput, input)
  const { name, hostId, consoleConfig } = await directorOf(ctx, catalogId)
  if (hostId === null)
    throw new AppError('conflict', `expected the director's host of ${name}, got none`, {
      userMessage: 'Pollux does not know on which host this catalog’s director runs.',
    })
  await authorizeHosts(ctx, [hostId])
  if (operation.kind === 'prune') await refuseKept(ctx, catalogId, operation.volumes)
  const ask = async (line: string) => (await askDirector(hostId, ['.api 2', line], { consoleConfig })).answers[1] ?? ''
  const seen = await withSeen(operation, ask)
  return planChange(ctx, { agentId: 'bacula', desired: { operation: seen }, hostIds: [hostId] })
}

async function refuseKept(ctx: Ctx, catalogId: string, volumes: readonly string[]): Promise<void> {
  const kept = await keptVolumes(ctx, catalogId, volumes)
  const [first] = kept
  if (first)
    throw new AppError('invalid', `expected volumes that can be pruned now, got ${first.volume}: ${first.why}`, {
      userMessage: `${first.volume} cannot be pruned now: ${first.why}`,
    })
}

/** The wish with what the director says now, so that the host can see whether it still holds; and what is drawn once. */
async function withSeen(wish: OperationWish, ask: (line: string) => Promise<string>) {
  switch (wish.kind) {
    case 'run':
      return { ...wish, tag: `pollux-${Array.from({ length: 16 }, () => randomInt(36).toString(36)).join('')}` }
    case 'cancel': {
      const jobs = parseRunning(await ask('.status dir running'))
      const runs = jobs.some(({ jobId, uniqueName }) => jobId === wish.jobId && uniqueName === wish.job)
      return { ...wish, seen: runs ? 'running' : 'gone' }
    }
    case 'label':
      return { ...wish, seen: (await statusOf(wish.volume, ask)) === null ? 'none' : 'there' }
    case 'enable':
    case 'disable':
      return { ...wish, seen: (await isEnabled(wish.job, ask)) ? 'enabled' : 'disabled' }
    case 'volume-status': {
      const status = await statusOf(wish.volume, ask)
      if (status === null)
        throw new AppError('invalid', `expected the volume ${wish.volume}, got none`, {
          userMessage: `The catalog has no volume ${wish.volume}.`,
        })
      return { ...wish, seen: status }
    }
    case 'console':
      return { ...wish, password: wish.present ? randomBytes(36).toString('base64url') : null }
    default:
      return wish
  }
}

/** A volume's status by the director; null where it has no such volume. */
async function statusOf(volume: string, ask: (line: string) => Promise<string>): Promise<string | null> {
  const answer = await ask(`llist volume="${volume}"`)
  if (/^\s*volumename[:=]\s*(.+?)\s*$/im.exec(answer)?.[1] !== volume) return null
  return /^\s*volstatus[:=]\s*(\S+)\s*$/im.exec(answer)?.[1] ?? null
}

async function isEnabled(job: string, ask: (line: string) => Promise<string>): Promise<boolean> {
  const answer = await ask(`show job="${job}"`)
  const line = answer.split('\n').find((each) => each.includes(`Job: name=${job} `) || each.includes(`name=${job} `))
  const enabled = /\bEnabled=([01])\b/.exec(line ?? '')?.[1]
  if (enabled === undefined)
    throw new AppError('invalid', `expected the job ${job}, got ${answer.slice(0, 200)}`, {
      userMessage: `The director has no job ${job}, or its console may not show it.`,
    })
  return enabled === '1'
}
