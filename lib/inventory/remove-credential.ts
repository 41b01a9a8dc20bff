import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { nameList } from './name-list'
import { credentialNotFound } from './not-found'

export const RemoveCredentialInput = z.object({ credentialId: z.string() })

/** Removes a credential for good. Throws `conflict`, naming the hosts, while any host logs in with it. */
export async function removeCredential(ctx: Ctx, input: z.input<typeof RemoveCredentialInput>): Promise<void> {
  authorize(ctx, 'use credentials')
  const { credentialId } = parseInput(RemoveCredentialInput, input)
  await work(async (tx) => {
    const credential = await tx.credential.findUnique({
      where: { id: credentialId },
      select: { name: true, fingerprint: true, hosts: { select: { name: true }, orderBy: { name: 'asc' } } },
    })
    if (!credential) throw credentialNotFound(credentialId)
    const hosts = credential.hosts.map((host) => host.name)
    if (hosts.length > 0) {
      throw new AppError('conflict', `expected no host with credential ${credentialId}, got ${hosts.length}`, {
        userMessage: `${credential.name} is in use: ${nameList(hosts)} would lose the login. Give ${hosts.length === 1 ? 'it' : 'them'} another credential first.`,
        data: { hosts },
      })
    }
    await tx.credential.delete({ where: { id: credentialId } })
    await writeAudit(tx, ctx, {
      verb: 'remove credential',
      object: 'credential',
      objectId: credentialId,
      label: credential.name,
      detail: { fingerprint: credential.fingerprint },
    })
  })
}
