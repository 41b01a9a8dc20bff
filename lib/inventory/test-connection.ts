import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { type ConnectionReport, type PinnedKey, scanHostKeys, testConnection } from '@/lib/ssh'
import { contradicts } from './key-state'
import { hostNotFound } from './not-found'
import { reachOfReport } from './reach'
import { noteChangedKey } from './record-reach'
import { sshTargetOf, wayTo } from './target-of'

export const TestHostConnectionInput = z.object({ hostId: z.string() })

/** Tries every stage of reaching and entering a host over a new connection, and keeps how it went. */
export async function testHostConnection(
  ctx: Ctx,
  input: z.input<typeof TestHostConnectionInput>,
): Promise<ConnectionReport> {
  authorize(ctx, 'read facts anew')
  const { hostId } = parseInput(TestHostConnectionInput, input)
  await authorizeHosts(ctx, [hostId])
  const report = await testConnection(await sshTargetOf(hostId))
  const isOtherKey = report.stages.some((stage) => stage.stage === 'host-key' && stage.state === 'failed')
  // A test only says that the key differs; which keys there are now is for the admin to see.
  const offered = isOtherKey ? await scanHostKeys(await wayTo(hostId)).catch(() => []) : []
  await work(async (tx) => {
    const host = await tx.host.findUnique({ where: { id: hostId }, select: { name: true } })
    if (!host) throw hostNotFound(hostId)
    const found = reachOfReport(report)
    await tx.host.update({ where: { id: hostId }, data: { ...found, reachAt: new Date() } })
    if (offered.length > 0) await noteIfChanged(tx, hostId, offered)
    const outcome = report.ok ? 'done' : 'failed'
    const detail = { reach: found.reach }
    await writeAudit(tx, ctx, {
      verb: 'test connection',
      object: 'host',
      objectId: hostId,
      label: host.name,
      outcome,
      detail,
    })
  })
  return report
}

async function noteIfChanged(tx: Tx, hostId: string, offered: readonly PinnedKey[]): Promise<void> {
  const pinned = await tx.hostKey.findMany({ where: { hostId, state: 'pinned' } })
  if (contradicts(pinned, offered)) await noteChangedKey(tx, hostId, offered)
}
