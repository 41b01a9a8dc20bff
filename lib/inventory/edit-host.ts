import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts, isBound } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { changedFields } from './changed-fields'
import { checkDescription, HostDescription } from './host-identity'
import { hostNotFound } from './not-found'
import { refuseOldVersion } from './refuse-old-version'
import { refuseLosingTwoPeople } from './two-people-tags'

/** Fields left out stay as they are. `version` is that of the host the form was filled from. */
export const EditHostInput = HostDescription.partial().extend({ hostId: z.string(), version: z.number().int() })

/** Changes what a host is called and what is said about it; never where it is or how it is entered. */
export async function editHost(ctx: Ctx, input: z.input<typeof EditHostInput>): Promise<void> {
  authorize(ctx, 'edit host notes')
  const { hostId, version, ...wished } = parseInput(EditHostInput, input)
  await authorizeHosts(ctx, [hostId])
  await work(async (tx) => {
    const { tags: tagsBefore, ...before } = await described(tx, hostId)
    refuseOldVersion(before, version)
    const kind = wished.kind ?? before.kind
    const after = {
      ...before,
      ...wished,
      kind,
      hypervisorId: hypervisorAfter(kind, wished.hypervisorId, before.hypervisorId),
    }
    const parsed = parseInput(HostDescription, { ...after, tags: wished.tags ?? tagsBefore })
    await checkDescription(tx, parsed, hostId)
    await refuseLosingTwoPeople(tx, ctx, tagsBefore, parsed.tags)
    const changes = changedFields({ ...before, tags: tagsBefore }, parsed)
    if (Object.keys(changes).length === 0) return
    const { tags, ...columns } = parsed
    if (changes['tags']) {
      refuseMovingBounds(ctx)
      await tx.hostTag.deleteMany({ where: { hostId } })
      await tx.hostTag.createMany({ data: tags.map((tag) => ({ hostId, tag })) })
    }
    await tx.host.update({ where: { id: hostId }, data: { ...columns, version: { increment: 1 } } })
    await writeAudit(tx, ctx, {
      verb: 'edit host',
      object: 'host',
      objectId: hostId,
      label: parsed.name,
      detail: { changes },
    })
  })
}

// Tags say whose a host is: who is bound by them must not set them.
function refuseMovingBounds(ctx: Ctx): void {
  if (isBound(ctx.actor))
    throw fieldError(
      'tags',
      'Tags say who may touch a host, and you may touch some alone. Somebody for all hosts sets them.',
    )
}

// A host that is no VM any more has no hypervisor, without a second click.
function hypervisorAfter(kind: string, wished: string | null | undefined, before: string | null): string | null {
  if (wished !== undefined) return wished
  return kind === 'vm' ? before : null
}

async function described(tx: Tx, hostId: string) {
  const select = { name: true, kind: true, hypervisorId: true, notes: true, version: true, tags: true } as const
  const host = await tx.host.findUnique({ where: { id: hostId }, select })
  if (!host) throw hostNotFound(hostId)
  return { ...host, tags: host.tags.map((row) => row.tag).sort() }
}
