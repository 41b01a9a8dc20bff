import { randomUUID } from 'node:crypto'
import type { StandingMesh } from '@/agents/ipsec/view'
import { systemCtx } from '@/lib/auth/actor'
import { listUnderWay } from '@/lib/changes/list-under-way'
import { findSingle, single } from '@/lib/config/single'
import { logError } from '@/lib/log'
import { makePoller, type Poller } from '@/lib/stream/poller'
import { readMeshes } from '../read-meshes'
import { knownMembers } from './member-ends'
import { meshLook } from './mesh-look'
import { type MeshSeen, nothingSeen } from './mesh-seen'
import { readMember } from './read-member'

const pauseMs = 10_000

const name = 'mesh-watches'
type Watches = Map<string, Poller<MeshSeen>>

/** What was seen of a mesh last, in this process; null where nobody has looked yet. */
export function lastSeen(tag: string): MeshSeen | null {
  return findSingle<Watches>(name)?.get(tag)?.part() ?? null
}

/** Begins the next look at a mesh now, where somebody watches it and none is under way. */
export function checkAgain(tag: string): void {
  findSingle<Watches>(name)?.get(tag)?.again()
}

/** The poller of a mesh: one in the process for all who look at it, at work while somebody watches. */
export function watchMesh(mesh: StandingMesh): Poller<MeshSeen> {
  const watches = single<Watches>(name, () => new Map())
  const known = watches.get(mesh.tag)
  if (known) return known
  const ctx = () => systemCtx(randomUUID())
  const poller = makePoller({
    first: nothingSeen(mesh),
    pauseMs: () => pauseMs,
    look: meshLook({
      work: () => listUnderWay(ctx(), 'ipsec'),
      mesh: async () => (await readMeshes(ctx())).find(({ tag }) => tag === mesh.tag) ?? null,
      known: (now) => knownMembers(ctx(), now.members),
      member: (now, place, members) => readMember(ctx(), now, place, members),
    }),
    failed: (part, error) => ({
      ...part,
      trouble: `The members could not be asked. The log tells more under ${logError(ctx(), error)}.`,
    }),
  })
  watches.set(mesh.tag, poller)
  return poller
}
