import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { withHost } from '@/lib/inventory/with-host'
import { failedCommand, sshPool } from '@/lib/ssh'
import { directorScript } from './director-script'
import { type FoundCatalog, type FoundDirector, keyOf, type ShownDirector, shownDirector } from './found-director'
import { parseDirector } from './parse-director'

export const FindDirectorInput = z.object({ hostId: z.string().min(1) })

/**
 * Looks on a host, in one round trip, for a director of Bacula or Bareos: its catalogs, time zone and console, without the
 * passwords. Throws what reaching the host throws.
 */
export async function findDirector(ctx: Ctx, input: z.input<typeof FindDirectorInput>): Promise<ShownDirector> {
  authorize(ctx, 'edit catalogs')
  const { hostId } = parseInput(FindDirectorInput, input)
  return shownDirector(await lookForDirector(hostId))
}

/** The catalog of that key with its password: for connecting alone. Throws `conflict` where it is not there any more. */
export async function getFoundCatalog(hostId: string, key: string): Promise<FoundCatalog> {
  const found = (await lookForDirector(hostId)).catalogs.find((catalog) => keyOf(catalog) === key)
  if (found) return found
  throw new AppError('conflict', `expected the catalog ${key} on ${hostId}, got none`, {
    userMessage: 'The configuration of the director changed: this catalog stands there no more. Look again.',
  })
}

async function lookForDirector(hostId: string): Promise<FoundDirector> {
  const nonce = randomBytes(16).toString('hex')
  return withHost(hostId, async (target) => {
    const privileged = target.privilege !== 'none'
    const result = await sshPool().script(target, directorScript(nonce), { privileged, timeoutMs: 30_000 })
    if (result.exitCode !== 0) throw failedCommand(target, ['sh'], result)
    return parseDirector(result.stdout.toString('utf8'), nonce)
  })
}
