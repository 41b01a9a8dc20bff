import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { MaintenanceWindows } from './maintenance-windows'
import { hostNotFound } from './not-found'
import { refuseOldVersion } from './refuse-old-version'

/** `version` is that of the host the form was filled from. */
export const SetWindowsInput = z.object({ hostId: z.string(), version: z.number().int(), windows: MaintenanceWindows })

/** Says when a host may be worked on; the list takes the place of the one before. */
export async function setWindows(ctx: Ctx, input: z.input<typeof SetWindowsInput>): Promise<void> {
  authorize(ctx, 'edit host notes')
  const { hostId, version, windows } = parseInput(SetWindowsInput, input)
  await authorizeHosts(ctx, [hostId])
  await work(async (tx) => {
    const host = await tx.host.findUnique({
      where: { id: hostId },
      select: { name: true, version: true, windows: true },
    })
    if (!host) throw hostNotFound(hostId)
    refuseOldVersion(host, version)
    const data = { windows: JSON.stringify(windows), version: { increment: 1 } }
    await tx.host.update({ where: { id: hostId }, data })
    await writeAudit(tx, ctx, {
      verb: 'set maintenance windows',
      object: 'host',
      objectId: hostId,
      label: host.name,
      detail: { windows },
    })
  })
}
