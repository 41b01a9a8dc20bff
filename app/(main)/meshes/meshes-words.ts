import type { StandingMesh } from '@/agents/ipsec/view'
import { countPairs, meshTitle, type ShownVerdict, shownPairs, verdictStatus } from './[tag]/mesh-words'
import type { MeshSeen } from './live/mesh-seen'

/** A mesh in the list. */
export interface MeshRow {
  mesh: StandingMesh
  pairs: number
  /** How it was when it was looked at last; null where nobody has looked since Pollux was started or it was changed. */
  seen: { words: string; worst: ShownVerdict; at: number } | null
}

/** A mesh with what was seen of it last; what was seen of it before its last change counts no more. */
export function meshRow(mesh: StandingMesh, seen: MeshSeen | null): MeshRow {
  const { members } = mesh
  const pairs = (members.length * (members.length - 1)) / 2
  if (!seen || seen.at === null || seen.changeId !== mesh.changeId) return { mesh, pairs, seen: null }
  const counts = countPairs(shownPairs(seen, members.length))
  const worst = worstOf(counts)
  return { mesh, pairs, seen: { words: meshTitle(counts, true), worst, at: seen.at } }
}

const order: readonly ShownVerdict[] = ['broken', 'changing', 'unknown', 'weak']

function worstOf(counts: Record<ShownVerdict, number>): ShownVerdict {
  return order.find((verdict) => counts[verdict] > 0) ?? 'fine'
}

/** How the meshes are, in a few words. */
export function meshesTitle(rows: readonly MeshRow[]): string {
  const broken = rows.filter(({ seen }) => seen && verdictStatus[seen.worst] === 'bad').length
  if (rows.length === 0) return 'Meshes'
  if (broken > 0) return broken === 1 ? '1 mesh had a broken pair' : `${broken} meshes had broken pairs`
  return rows.length === 1 ? '1 mesh' : `${rows.length} meshes`
}
