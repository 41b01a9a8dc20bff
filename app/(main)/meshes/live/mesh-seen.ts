import { type PairCode, packPair, pairStateOf } from '@/agents/ipsec/matrix/view'
import {
  type DropsSeen,
  type MemberEnd,
  type PairSeen,
  type PairsSeen,
  pairName,
  pairSide,
  type StandingMesh,
} from '@/agents/ipsec/view'

/** What one member said when it was asked last. */
export interface MemberReading {
  /** When it answered, or failed to. */
  at: number
  /** By the names of the connections; null where it was not read. */
  pairs: ReadonlyMap<string, PairSeen> | null
  drops: DropsSeen
  /** Why it was not read, one sentence. */
  problem: string | null
}

/** A change that works on members now: their places in the mesh. */
export interface MeshWork {
  changeId: number
  members: readonly number[]
}

/** All that the browser is sent of a mesh; members and pairs in the mesh's order. Some 20 kB for 50 members. */
export interface MeshSeen {
  /** The change that made the mesh that this is about: another one than the page's means that the page is old. 0: removed. */
  changeId: number
  /** When the last whole look ended; null before the first. */
  at: number | null
  /** By member, why it was not read; null where it was, or was not asked yet. */
  problems: readonly (string | null)[]
  /** As `pairIndex` counts them; empty before the first look. */
  pairs: readonly PairCode[]
  work: readonly MeshWork[]
  /** Packets in clear that the members' rules dropped, all together since those were made; null where none counts. */
  drops: DropsSeen
  /** Why nothing could be looked at. */
  trouble: string | null
}

/** What is told before the first look. */
export function nothingSeen({ changeId }: Pick<StandingMesh, 'changeId'>): MeshSeen {
  const drops = { in: null, out: null }
  return { changeId, at: null, problems: [], pairs: [], work: [], drops, trouble: null }
}

/** Milliseconds after which what a member said counts no more, while it is still being asked. */
export const STALE_MS = 90_000

interface Told {
  mesh: StandingMesh
  /** In the members' order. */
  ends: readonly (MemberEnd | null)[]
  /** By the ids of the members' hosts. */
  readings: ReadonlyMap<string, MemberReading>
  work: readonly { changeId: number; hostIds: readonly string[] }[]
  /** When the last whole look ended. */
  at: number | null
  now: number
}

/** Judges every pair by what its two ends said last. Pure. */
export function meshSeenOf({ mesh, ends, readings, work, at, now }: Told): MeshSeen {
  const { members } = mesh
  const fresh = members.map(({ hostId }) => {
    const reading = readings.get(hostId)
    return reading && now - reading.at <= STALE_MS ? reading : null
  })
  const pairs = members.flatMap((one, a) =>
    members.slice(a + 1).map((other, more) => {
      const b = a + 1 + more
      const side = pairSide(mesh, ends[a] ?? null, ends[b] ?? null)
      const here = fresh[a]?.pairs?.get(pairName(mesh, other)) ?? null
      const there = fresh[b]?.pairs?.get(pairName(mesh, one)) ?? null
      return packPair(pairStateOf(side, here, there))
    }),
  )
  return {
    changeId: mesh.changeId,
    at,
    problems: members.map(({ hostId }, index) => problemOf(readings.get(hostId) ?? null, fresh[index] ?? null)),
    pairs,
    work: work.flatMap(({ changeId, hostIds }): MeshWork[] => {
      const places = members.flatMap(({ hostId }, index) => (hostIds.includes(hostId) ? [index] : []))
      return places.length > 0 ? [{ changeId, members: places }] : []
    }),
    drops: {
      in: sum(fresh.map((reading) => reading?.drops.in ?? null)),
      out: sum(fresh.map((reading) => reading?.drops.out ?? null)),
    },
    trouble: null,
  }
}

function problemOf(last: MemberReading | null, fresh: MemberReading | null): string | null {
  if (last && !fresh) return 'It has not answered for a while; it is still being asked.'
  return fresh?.problem ?? null
}

function sum(counts: readonly (number | null)[]): number | null {
  const told = counts.filter((count) => count !== null)
  return told.length === 0 ? null : told.reduce((all, count) => all + count, 0)
}

/** What a member said in several calls, as one reading. */
export function joinReadings(parts: readonly PairsSeen[], at: number): MemberReading {
  return {
    at,
    pairs: new Map(parts.flatMap(({ pairs }) => pairs.map((pair): [string, PairSeen] => [pair.name, pair]))),
    // Each call brings the rules' counters anew.
    drops: parts.at(-1)?.drops ?? { in: null, out: null },
    problem: null,
  }
}
