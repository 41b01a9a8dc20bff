import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { installCommand } from '@/lib/ssh'

export interface CredentialRow {
  id: string
  name: string
  kind: 'key' | 'password'
  algorithm: string | null
  fingerprint: string | null
  publicLine: string | null
  /** The one line that puts the public key on a host. */
  installCommand: string | null
  createdAt: Date
  hosts: { id: string; name: string }[]
}

/** Every credential with the hosts that use it, never with what it keeps. */
export async function listCredentials(ctx: Ctx): Promise<CredentialRow[]> {
  authorize(ctx, 'use credentials')
  const rows = await read((tx) =>
    tx.credential.findMany({
      select: {
        id: true,
        name: true,
        kind: true,
        algorithm: true,
        fingerprint: true,
        publicLine: true,
        createdAt: true,
        hosts: { select: { id: true, name: true }, orderBy: { name: 'asc' } },
      },
      orderBy: { name: 'asc' },
    }),
  )
  return rows.map((row) => ({
    ...row,
    kind: row.kind === 'password' ? 'password' : 'key',
    installCommand: row.publicLine === null ? null : installCommand(row.publicLine),
  }))
}
