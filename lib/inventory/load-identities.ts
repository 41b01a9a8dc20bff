import type { Tx } from '@/lib/db'
import { type Privilege, privileges, type SshProfile, sshProfiles } from './fields'
import { longestWay } from './host-identity'

type Stored = NonNullable<Awaited<ReturnType<typeof loadLevel>>[number]>
export type IdentityRow = Omit<Stored, 'privilege' | 'sshProfile'> & { privilege: Privilege; sshProfile: SshProfile }

/** The hosts and all that stand on the way to them, by id: one round of queries per level of jump hosts. */
export async function loadIdentities(tx: Tx, hostIds: readonly string[]): Promise<Map<string, IdentityRow>> {
  const rows = new Map<string, IdentityRow>()
  let missing = [...new Set(hostIds)]
  for (let level = 0; missing.length > 0 && level <= longestWay; level += 1) {
    const loaded = await loadLevel(tx, missing)
    for (const row of loaded)
      rows.set(row.id, { ...row, privilege: asPrivilege(row.privilege), sshProfile: asProfile(row.sshProfile) })
    const next = loaded.flatMap((row) => (row.jumpHostId !== null && !rows.has(row.jumpHostId) ? [row.jumpHostId] : []))
    missing = [...new Set(next)]
  }
  return rows
}

function loadLevel(tx: Tx, ids: string[]) {
  return tx.host.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      address: true,
      port: true,
      login: true,
      privilege: true,
      sshProfile: true,
      sealedSudo: true,
      jumpHostId: true,
      credential: { select: { id: true, version: true, sealed: true } },
      keys: { where: { state: { in: ['pinned', 'offered'] } }, orderBy: { algorithm: 'asc' } },
    },
  })
}

/** The store's text as the closed set; an unknown word gets the least. */
export function asPrivilege(text: string): Privilege {
  return privileges.find((privilege) => privilege === text) ?? 'none'
}

export function asProfile(text: string): SshProfile {
  return sshProfiles.find((profile) => profile === text) ?? 'modern'
}
