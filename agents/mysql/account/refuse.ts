import { refuse } from '@/lib/agent'
import type { ResolvedServer } from '../server/resolve-server'
import { isSameGrants } from './grant'
import { ACCOUNT } from './name'
import { grantsFor, OUT_OF_REACH } from './rights'

/**
 * Where Pollux asks by its own account, what that may not do is said before anything is touched.
 * @throws AppError `invalid` where it may not set these variables in the running server
 */
export function refuseLiveWithoutRight(server: ResolvedServer, names: readonly string[]): void {
  const { said, version, hostName } = server
  if (!said.accountFile || names.length === 0) return
  const held = said.grants?.state === 'read' ? (said.grants.value ?? []) : []
  const missing = grantsFor(version, 'tune').filter((one) => !held.some((other) => isSameGrants([one], [other])))
  if (missing.length > 0)
    throw refuse(
      `${hostName} is asked as ${ACCOUNT}, which may not set ${names.join(', ')} in the running server: it lacks ${missing.map(({ right }) => right).join(', ')}. Choose to restart the server, or let the account tune.`,
    )
  const beyond = names.find((name) => OUT_OF_REACH[name] !== undefined)
  if (beyond !== undefined)
    throw refuse(
      `${hostName} is asked as ${ACCOUNT}, which may not set ${beyond} in the running server: that takes ${OUT_OF_REACH[beyond]}. Choose to restart it.`,
    )
}

/** Why tables cannot be converted by Pollux's own account; null where root is let in. */
export function whyNotByAccount({ said, hostName }: ResolvedServer): string | null {
  return said.accountFile
    ? `${hostName} is asked as ${ACCOUNT}. Converting copies and drops tables, which an account whose password lies on a disk should never be able to: let root of the socket in without a password for that time.`
    : null
}
