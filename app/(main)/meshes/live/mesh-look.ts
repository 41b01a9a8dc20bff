import PQueue from 'p-queue'
import type { StandingMesh } from '@/agents/ipsec/view'
import type { AgentWork } from '@/lib/changes/list-under-way'
import type { KnownMember } from './member-ends'
import { type MemberReading, type MeshSeen, meshSeenOf, nothingSeen } from './mesh-seen'

/** What a look asks; injected, so that a test can answer. */
export interface MeshAsks {
  /** What changes of the agent are at. */
  work(): Promise<AgentWork>
  /** The mesh as it stands now; null where it was removed. */
  mesh(): Promise<StandingMesh | null>
  /** What its members' tunnels depend on, in their order. */
  known(mesh: StandingMesh): Promise<readonly KnownMember[]>
  /** What one member says of its pairs; never throws. */
  member(mesh: StandingMesh, place: number, known: readonly KnownMember[]): Promise<MemberReading>
}

/** A look ends without the members that take longer; they go on being asked, and are asked no second time meanwhile. */
const lookMs = 20_000
/** How long what the tunnels depend on is taken as known, and how long where a member did not tell. */
const endsMs = 300_000
const endsGapMs = 30_000
/** Members asked at once, and the shortest time between two words of one look. */
const atOnce = 12
const tellEveryMs = 1_000

/**
 * One look at all members of a mesh, side by side, for a poller: each that is out of reach costs only its own part. What
 * it knows is kept between looks.
 */
export function meshLook(asks: MeshAsks): (tell: (part: MeshSeen) => void, signal: AbortSignal) => Promise<void> {
  const queue = new PQueue({ concurrency: atOnce })
  const readings = new Map<string, MemberReading>()
  const asking = new Map<string, Promise<unknown>>()
  let standing: { mesh: StandingMesh; lastEnded: number | null } | null = null
  let ends: { of: StandingMesh; until: number; members: readonly KnownMember[] } | null = null
  let at: number | null = null
  let lookedFor: AbortSignal | null = null
  let current: AbortSignal | null = null

  /** Another change that ended may have made the mesh another. */
  const meshNow = async (lastEnded: number | null) => {
    if (standing?.lastEnded === lastEnded) return standing.mesh
    const mesh = await asks.mesh()
    standing = mesh && { mesh, lastEnded }
    return mesh
  }
  const knownNow = async (mesh: StandingMesh) => {
    if (ends?.of === mesh && Date.now() < ends.until) return ends.members
    const members = await asks.known(mesh)
    const forMs = members.some(({ end }) => end === null) ? endsGapMs : endsMs
    ends = { of: mesh, until: Date.now() + forMs, members }
    return members
  }
  return async (tell, signal) => {
    current = signal
    // Behind a pause what members said is old: nothing is told of it before all were asked anew.
    const isFirst = lookedFor !== signal
    const { underWay, lastEnded } = await asks.work()
    const mesh = await meshNow(lastEnded)
    if (!mesh) return tell({ ...nothingSeen({ changeId: 0 }), trouble: 'This mesh was removed.' })
    const known = await knownNow(mesh)
    let toldAt = Date.now()
    const tellNow = () => {
      toldAt = Date.now()
      tell(meshSeenOf({ mesh, ends: known.map(({ end }) => end), readings, work: underWay, at, now: toldAt }))
    }
    for (const [place, { hostId }] of mesh.members.entries()) {
      if (asking.has(hostId)) continue
      const asked = queue.add(async () => {
        // Who waits for his turn is asked for whoever watches by then.
        if (current?.aborted) return
        readings.set(hostId, await asks.member(mesh, place, known))
        if (!isFirst && Date.now() - toldAt >= tellEveryMs) tellNow()
      })
      asking.set(
        hostId,
        asked.finally(() => asking.delete(hostId)),
      )
    }
    await within(Promise.all(asking.values()), lookMs)
    if (signal.aborted) return
    lookedFor = signal
    at = Date.now()
    tellNow()
  }
}

function within(work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    work.then(() => resolve(), reject).finally(() => clearTimeout(timer))
  })
}
