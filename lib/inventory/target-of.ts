import { createHash } from 'node:crypto'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { PinnedKey, SshTarget } from '@/lib/ssh'
import { openCredential, openSudoPassword } from './credential-secret'
import { longestWay } from './host-identity'
import { keyState } from './key-state'
import { type IdentityRow, loadIdentities } from './load-identities'
import { hostNotFound } from './not-found'

/**
 * Everything that a login on a host takes, its secrets opened; for lib/ssh alone, never for a log or the browser.
 * Throws `not-found`; `conflict` while no key was confirmed; `host-key-changed` while a changed key waits for a
 * decision, on the host or on its way there.
 */
export async function sshTargetOf(hostId: string): Promise<SshTarget> {
  const target = (await sshTargetsOf([hostId])).get(hostId)
  if (!target) throw hostNotFound(hostId)
  if (target instanceof AppError) throw target
  return target
}

/** The same for many hosts in a constant number of queries; a host that cannot be used has its reason instead. */
export async function sshTargetsOf(hostIds: readonly string[]): Promise<Map<string, SshTarget | AppError>> {
  const rows = await read((tx) => loadIdentities(tx, hostIds))
  const targets = new Map<string, SshTarget | AppError>()
  for (const hostId of hostIds) {
    const row = rows.get(hostId)
    if (row) targets.set(hostId, targetOrReason(row, rows))
  }
  return targets
}

/** How a host is reached, without entering it: for looking at its keys. The jump hosts on the way are entered. */
export async function wayTo(hostId: string): Promise<Pick<SshTarget, 'address' | 'port' | 'profile' | 'jump'>> {
  const rows = await read((tx) => loadIdentities(tx, [hostId]))
  const row = rows.get(hostId)
  if (!row) throw hostNotFound(hostId)
  return { address: row.address, port: row.port, profile: row.sshProfile, ...jumpOf(row, rows, 0) }
}

function targetOrReason(row: IdentityRow, rows: ReadonlyMap<string, IdentityRow>): SshTarget | AppError {
  try {
    return targetOf(row, rows, 0)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

function targetOf(row: IdentityRow, rows: ReadonlyMap<string, IdentityRow>, depth: number): SshTarget {
  refuseUndecidedKey(row)
  if (!row.credential)
    throw new AppError('conflict', `expected a credential for ${row.name}, got none`, {
      userMessage: `${row.name} has no credential. Choose one on its Access page.`,
    })
  const secret = openCredential(row.credential.id, row.credential.sealed)
  const sudoPassword = sudoPasswordOf(row, 'password' in secret ? secret.password : undefined)
  const target = {
    hostId: row.id,
    name: row.name,
    address: row.address,
    port: row.port,
    user: row.login,
    hostKeys: pinnedKeys(row),
    profile: row.sshProfile,
    privilege: row.privilege,
    ...jumpOf(row, rows, depth),
  }
  const auth = 'password' in secret ? { kind: 'password' as const, ...secret } : { kind: 'key' as const, ...secret }
  return { ...target, auth, ...(sudoPassword === undefined ? {} : { sudoPassword }), revision: revisionOf(row, target) }
}

function jumpOf(row: IdentityRow, rows: ReadonlyMap<string, IdentityRow>, depth: number): Pick<SshTarget, 'jump'> {
  if (row.jumpHostId === null) return {}
  const jump = rows.get(row.jumpHostId)
  if (!jump || depth >= longestWay)
    throw new AppError(
      'conflict',
      `expected a way to ${row.name} of at most ${longestWay} jumps that does not come back`,
      {
        userMessage: `The way to ${row.name} through its jump hosts does not end. Change its jump host on its Access page.`,
      },
    )
  return { jump: targetOf(jump, rows, depth + 1) }
}

function refuseUndecidedKey(row: IdentityRow): void {
  const state = keyState(row.keys)
  if (state === 'changed')
    throw new AppError(
      'host-key-changed',
      `expected the pinned key of ${row.name}, got another one that nobody accepted`,
      {
        userMessage: `${row.name} showed another host key than the one that was confirmed. Pollux does not log in until an admin has compared both.`,
        data: { hostId: row.id, stage: 'host-key' },
      },
    )
  if (state === 'none')
    throw new AppError('conflict', `expected a confirmed key of ${row.name}, got none`, {
      userMessage: `The host key of ${row.name} was not confirmed yet. An admin compares it once on its page.`,
      data: { hostId: row.id },
    })
}

function pinnedKeys(row: IdentityRow): PinnedKey[] {
  const pinned = row.keys.filter((key) => key.state === 'pinned')
  return pinned.map(({ algorithm, key, fingerprint }) => ({ algorithm, key, fingerprint }))
}

// Where login and sudo ask for the same password, nobody types it twice; it goes out only when sudo asks.
function sudoPasswordOf(row: IdentityRow, loginPassword: string | undefined): string | undefined {
  if (row.privilege !== 'sudo') return undefined
  return row.sealedSudo ? openSudoPassword(row.id, row.sealedSudo) : loginPassword
}

/** Changes whenever an open connection must not be used any longer; notes and tags do not count. */
function revisionOf(row: IdentityRow, target: Omit<SshTarget, 'auth' | 'revision' | 'sudoPassword'>): string {
  const sudo = row.sealedSudo ? Buffer.from(row.sealedSudo).toString('base64') : null
  const { name: _name, ...rest } = target
  const parts = [{ ...rest, jump: rest.jump?.revision }, row.credential?.id, row.credential?.version, sudo]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}
