import type { FileStep } from '@/lib/agent'
import type { TunnelPart } from '../tunnel/part'
import type { ForeignPart } from './foreign-part'

/**
 * The two parts, of which one alone writes each file: a plan has no two steps about one path. What the tunnels write was
 * planned on the file without what is taken out, and takes that out along with it.
 */
export function joinedFiles(foreign: ForeignPart, tunnel: TunnelPart): { foreign: ForeignPart; tunnel: TunnelPart } {
  const cuts = new Map(foreign.steps.flatMap((step) => (step.kind === 'file' ? [[step.path, step] as const] : [])))
  const shared = new Set(tunnel.files.map(({ path }) => path).filter((path) => cuts.has(path)))
  if (shared.size === 0) return { foreign, tunnel }
  const joined = (step: FileStep): FileStep => {
    const cut = cuts.get(step.path)
    return cut ? { ...step, before: cut.before, ...(cut.managedBy ? { managedBy: cut.managedBy } : {}) } : step
  }
  return {
    foreign: { ...foreign, steps: foreign.steps.filter((step) => step.kind !== 'file' || !shared.has(step.path)) },
    tunnel: { ...tunnel, files: tunnel.files.map(joined) },
  }
}
