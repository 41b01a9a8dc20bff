import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { withdrawApprovals } from '@/lib/changes/withdraw-approvals'
import { findPaused, notePaused } from '@/lib/config/paused'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { beginWork } from '@/lib/worker/begin-work'
import { pauseKey } from './pause-row'

export const EndPauseInput = z.object({})

/**
 * Lets a restored Pollux work again. Approvals from before the backup are withdrawn in the same unit of work, for what they
 * allowed may have been done since; what was running is looked at on its hosts. Throws AppError `conflict` where nothing
 * is paused.
 */
export async function endPause(ctx: Ctx): Promise<{ withdrawn: number; running: number }> {
  authorize(ctx, 'edit settings')
  const paused = findPaused()
  const found = await work(async (tx) => {
    const { count } = await tx.setting.deleteMany({ where: { key: pauseKey } })
    if (count === 0 || paused === null)
      throw new AppError('conflict', 'expected a paused Pollux, got one that works', {
        userMessage: 'Pollux is not paused: somebody else resumed it.',
      })
    const changes = await withdrawApprovals(tx, 'The store was restored from a backup')
    const detail = { backupAt: paused.backupAt, ...changes }
    await writeAudit(tx, ctx, { verb: 'resume after restore', object: 'setting', label: 'restored store', detail })
    return changes
  })
  notePaused(null)
  await beginWork()
  return found
}
