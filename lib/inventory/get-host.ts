import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'
import { installCommand } from '@/lib/ssh'
import type { HostKind, Privilege, SshProfile } from './fields'
import { hostFigures } from './host-figures'
import { type HostState, hostState } from './host-state'
import { type KeyState, keyState } from './key-state'
import { asKind } from './list-hosts'
import { asPrivilege, asProfile } from './load-identities'
import { type MaintenanceWindow, parseWindows } from './maintenance-windows'
import { hostNotFound } from './not-found'
import { asReach, type Reach } from './reach'
import { parseStoredFacts, type StoredFacts } from './stored-facts'

export interface HostKeyRow {
  algorithm: string
  fingerprint: string
  state: 'pinned' | 'offered' | 'retired'
  seenAt: Date
  decidedAt: Date | null
  decidedBy: string | null
}

interface HostLink {
  id: string
  name: string
}

/** All that a host's page shows of the inventory; never a secret. */
export interface HostDetail {
  id: string
  name: string
  kind: HostKind
  address: string
  port: number
  login: string
  privilege: Privilege
  sshProfile: SshProfile
  notes: string
  tags: string[]
  version: number
  hasSudoPassword: boolean
  /** When it may be worked on. */
  windows: MaintenanceWindow[]
  credential: (HostLink & { kind: string; publicLine: string | null; installCommand: string | null }) | null
  jumpHost: HostLink | null
  jumpedBy: HostLink[]
  hypervisor: HostLink | null
  guests: HostLink[]
  keys: HostKeyRow[]
  keyState: KeyState
  reach: Reach
  reachDetail: string | null
  reachAt: Date | null
  state: HostState
  facts: StoredFacts | null
  factsAt: Date | null
  /** How long the last reading took and how many scripts it sent. */
  lastReading: { takenAt: Date; durationMs: number; roundTrips: number } | null
  changeCount: number
}

const link = { select: { id: true, name: true } } as const

/** Throws AppError `not-found` when there is no such host. */
export async function getHost(ctx: Ctx, hostId: string): Promise<HostDetail> {
  authorize(ctx, 'read inventory')
  const host = await read((tx) => loadHost(tx, hostId))
  if (!host) throw hostNotFound(hostId)
  const {
    tags,
    keys,
    readings,
    credential,
    sealedSudo,
    latestFacts,
    credentialId,
    jumpHostId,
    hypervisorId,
    _count,
    ...rest
  } = host
  const facts = parseStoredFacts(latestFacts)
  const state = keyState(keys)
  const reach = asReach(host.reach)
  return {
    ...rest,
    kind: asKind(host.kind),
    privilege: asPrivilege(host.privilege),
    sshProfile: asProfile(host.sshProfile),
    tags: tags.map((row) => row.tag),
    hasSudoPassword: sealedSudo !== null,
    windows: parseWindows(host.windows),
    credential: credential && {
      ...credential,
      installCommand: credential.publicLine === null ? null : installCommand(credential.publicLine),
    },
    keys: keys.map(keyRow),
    keyState: state,
    reach,
    state: hostState({ reach, keys: state, figures: hostFigures(facts) }),
    facts,
    lastReading: readings[0] ?? null,
    changeCount: _count.changes,
  }
}

function loadHost(tx: Tx, hostId: string) {
  return tx.host.findUnique({
    where: { id: hostId },
    include: {
      tags: { orderBy: { tag: 'asc' } },
      keys: { orderBy: [{ algorithm: 'asc' }, { seenAt: 'desc' }] },
      credential: { select: { id: true, name: true, kind: true, publicLine: true } },
      jumpHost: link,
      jumpedBy: { ...link, orderBy: { name: 'asc' } },
      hypervisor: link,
      guests: { ...link, orderBy: { name: 'asc' } },
      readings: {
        orderBy: { takenAt: 'desc' },
        take: 1,
        select: { takenAt: true, durationMs: true, roundTrips: true },
      },
      _count: { select: { changes: true } },
    },
  })
}

type LoadedKey = NonNullable<Awaited<ReturnType<typeof loadHost>>>['keys'][number]

function keyRow(key: LoadedKey): HostKeyRow {
  const { algorithm, fingerprint, seenAt, decidedAt, decidedBy } = key
  const state = key.state === 'pinned' || key.state === 'offered' ? key.state : 'retired'
  return { algorithm, fingerprint, state, seenAt, decidedAt, decidedBy }
}
